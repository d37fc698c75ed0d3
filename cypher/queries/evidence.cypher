// The words behind what a paper says: each relationship in the order of the text, then its results one by
// one, each with the words that state its number (REPORTS) and those that its cells were read from.
// $paper: Paper, a paper by id or title
// $topic: Entity = "", only of this one: a method, dataset, metric, task or repository by name, alias or id
// columns: source, relationship, target, confidence, count, evidence, words, start, stop
MATCH (p:Paper {id: $paper})-[:REPORTS*0..1]->(s:Paper|Result)
MATCH (s)-[link]->(x:Method|Dataset|Metric|Task|Repository)
WHERE $topic = '' OR x.id = $topic
OPTIONAL MATCH (p)-[reports:REPORTS]->(s)
UNWIND [[1, p.id, reports, s.id], [2, s.id, link, x.id]] AS row
WITH DISTINCT p, s, row[0] AS part, row[1] AS source, row[2] AS link, row[3] AS target
WHERE link IS NOT NULL
RETURN source, type(link) AS relationship, target,
       link.confidence AS confidence, link.count AS count,
       p.title + '\n' + p.abstract AS text, link.start AS start, link.stop AS stop
ORDER BY coalesce(s.start, -1), s.id, part, start, stop, relationship, target
