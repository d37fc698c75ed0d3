// How two things hang together, link by link: by the newest paper that names both or, where there
// is none, by two papers and the term that they share which fewest papers name. No rows if neither.
// $source: Entity, a method, dataset, metric, task or repository by name, alias or id
// $target: Entity, a method, dataset, metric, task or repository by name, alias or id
// columns: step, source, relationship, target, paper, evidence, words, start, stop
MATCH (a:Method|Dataset|Metric|Task|Repository {id: $source})
MATCH (b:Method|Dataset|Metric|Task|Repository {id: $target})
WITH a, b, EXISTS { (a)<--(:Paper)-->(b) } AS is_direct
WHERE a.id <> b.id
OPTIONAL MATCH (a)<--(:Paper)-->(x:Method|Dataset|Metric|Task {salient: true})
WHERE NOT is_direct
WITH DISTINCT a, b, is_direct, x
WHERE is_direct OR EXISTS { (x)<--(:Paper)-->(b) }
WITH a, b, x
ORDER BY x.papers, x.id
LIMIT 1
WITH [id IN [a.id, x.id, b.id] WHERE id IS NOT NULL] AS ids
UNWIND range(0, size(ids) - 2) AS i
MATCH (s:Method|Dataset|Metric|Task|Repository {id: ids[i]})<-[one]-(p:Paper)
MATCH (p)-[other]->(t:Method|Dataset|Metric|Task|Repository {id: ids[i + 1]})
WITH i, s, one, p, other, t
ORDER BY i, p.published DESC, p.id, type(one), type(other)
WITH i, s, t, collect(p)[0] AS p, collect(one)[0] AS one, collect(other)[0] AS other
UNWIND [[1, s.name, one, p.title], [2, p.title, other, t.name]] AS row
WITH 2 * i + row[0] AS step, row[1] AS source, row[2] AS link, row[3] AS target, p
RETURN step, source, type(link) AS relationship, target, p.id AS paper,
       p.title + '\n' + p.abstract AS text, link.start AS start, link.stop AS stop
ORDER BY step
