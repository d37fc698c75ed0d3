// What a paper says about one thing: each relationship, also of its results, and its words.
// $paper: Paper, a paper by id or title
// $topic: Entity, a method, dataset, metric, task or repository by name, alias or id
// columns: source, relationship, target, confidence, count, evidence, words, start, stop
MATCH (p:Paper {id: $paper})-[:REPORTS*0..1]->(source:Paper|Result)
MATCH (source)-[link]->(x:Method|Dataset|Metric|Task|Repository {id: $topic})
RETURN source.id AS source, type(link) AS relationship, x.id AS target,
       link.confidence AS confidence, link.count AS count,
       p.title + '\n' + p.abstract AS text, link.start AS start, link.stop AS stop
ORDER BY start, stop, source, relationship
