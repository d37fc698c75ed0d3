// What a method builds on, in two steps
// method: the id of a method; the papers that propose it, what they use, and so on
:param method => 'method:mamba';
MATCH way = (:Method {id: $method}) ((:Method)<-[:PROPOSES]-(:Paper)-[:USES]->(:Method)){1,2} (m:Method)
WHERE m.salient
RETURN way
LIMIT 100
