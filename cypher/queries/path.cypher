// A shortest path between two things, link by link: each paper is the newest that names both its
// neighbours; of equal paths the one by the terms that fewest papers name. Each paper has two rows, since it
// points at both. No rows if there is none.
// $source: Entity, a method, dataset, metric, task or repository by name, alias or id
// $target: Entity, a method, dataset, metric, task or repository by name, alias or id
// columns: step, source, relationship, target, paper, evidence, words, start, stop
UNWIND range(0, size($route) - 2) AS i
MATCH (s:Method|Dataset|Metric|Task|Repository {id: $route[i]})<-[one]-(p:Paper)
MATCH (p)-[other]->(t:Method|Dataset|Metric|Task|Repository {id: $route[i + 1]})
WITH i, s, one, p, other, t
ORDER BY i, p.published DESC, p.id, type(one), type(other)
WITH i, s, t, collect(p)[0] AS p, collect(one)[0] AS one, collect(other)[0] AS other
UNWIND [[1, one, s.name], [2, other, t.name]] AS row
WITH 2 * i + row[0] AS step, p, row[1] AS link, row[2] AS name
RETURN step, p.title AS source, type(link) AS relationship, name AS target, p.id AS paper,
       p.title + '\n' + p.abstract AS text, link.start AS start, link.stop AS stop
ORDER BY step
