// Who compares with a method, and with what else
// method: the id of a method
:param method => 'method:mamba';
MATCH way = (:Method {id: $method})<-[one:PROPOSES|COMPARES_WITH]-(p:Paper)
            -[other:PROPOSES|COMPARES_WITH]->(m:Method)
WHERE m.salient AND 'COMPARES_WITH' IN [type(one), type(other)]
RETURN way
ORDER BY p.published DESC, p.id, m.id
LIMIT 100
