// Papers that use a method, newest first, and the methods that they propose.
// $method: Method, a method by name, alias or id
// $since: date = "", published then or later
// $limit: integer = 20, at most so many rows
// columns: paper, title, published, proposes, evidence, words, start, stop
MATCH (:Method {id: $method})<-[link:USES]-(p:Paper)
WHERE p.published >= $since
OPTIONAL MATCH (p)-[:PROPOSES]->(x:Method {salient: true})
WITH p, link, x
ORDER BY x.id
WITH p, link, collect(x.name) AS proposes
RETURN p.id AS paper, p.title AS title, p.published AS published, proposes,
       p.title + '\n' + p.abstract AS text, link.start AS start, link.stop AS stop
ORDER BY published DESC, paper
LIMIT $limit
