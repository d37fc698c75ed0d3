// Datasets that papers on a task evaluate on or introduce, those of most papers first.
// $task: Task, a task by name, alias or id
// $limit: integer = 20, at most so many rows
// columns: dataset, id, papers, latest
MATCH (:Task {id: $task})<-[:ADDRESSES]-(p:Paper)-[:EVALUATES_ON|INTRODUCES]->(d:Dataset)
WHERE d.salient
RETURN d.name AS dataset, d.id AS id, count(DISTINCT p) AS papers, max(p.published) AS latest
ORDER BY papers DESC, id
LIMIT $limit
