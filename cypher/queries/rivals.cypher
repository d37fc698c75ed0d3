// Methods that papers set against a method, those of most papers first, and the newest five.
// $method: Method, a method by name, alias or id
// $limit: integer = 20, at most so many rows
// columns: method, id, papers, titles
MATCH (:Method {id: $method})<-[one:PROPOSES|COMPARES_WITH]-(p:Paper)
MATCH (p)-[other:PROPOSES|COMPARES_WITH]->(x:Method)
WHERE x.id <> $method AND x.salient
  AND (type(one) = 'COMPARES_WITH' OR type(other) = 'COMPARES_WITH')
WITH DISTINCT x, p
ORDER BY p.published DESC, p.id
RETURN x.name AS method, x.id AS id, count(p) AS papers, collect(p.title)[..5] AS titles
ORDER BY papers DESC, id
LIMIT $limit
