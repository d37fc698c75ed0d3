// A method with its versions, and who proposes each
// method: the id of a method
:param method => 'method:mamba';
MATCH family = (:Method {id: $method})<-[:VERSION_OF*0..9]-(m:Method)
WITH family, m
ORDER BY m.papers DESC, m.id
LIMIT 50
OPTIONAL MATCH proposed = (m)<-[:PROPOSES]-(:Paper)
RETURN family, proposed
