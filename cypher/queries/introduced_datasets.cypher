// New datasets and the papers that introduce them, newest first.
// $task: Task = "", only of papers that address this task
// $since: date = "", published then or later
// $limit: integer = 20, at most so many rows
// columns: dataset, id, paper, title, published, evidence, words, start, stop
MATCH (p:Paper)-[link:INTRODUCES]->(d:Dataset)
WHERE d.salient AND p.published >= $since
  AND ($task = '' OR EXISTS { (p)-[:ADDRESSES]->(:Task {id: $task}) })
RETURN d.name AS dataset, d.id AS id, p.id AS paper, p.title AS title, p.published AS published,
       p.title + '\n' + p.abstract AS text, link.start AS start, link.stop AS stop
ORDER BY published DESC, paper, id
LIMIT $limit
