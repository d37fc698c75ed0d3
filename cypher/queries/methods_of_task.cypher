// Methods that papers on a task propose, use or compare with, those of most papers first, and in
// how many papers they are new.
// $task: Task, a task by name, alias or id
// $since: date = "", published then or later
// $limit: integer = 20, at most so many rows
// columns: method, id, papers, proposed, latest
MATCH (:Task {id: $task})<-[:ADDRESSES]-(p:Paper)-[link:PROPOSES|USES|COMPARES_WITH]->(x:Method)
WHERE x.salient AND p.published >= $since
RETURN x.name AS method, x.id AS id, count(DISTINCT p) AS papers,
       sum(CASE type(link) WHEN 'PROPOSES' THEN 1 ELSE 0 END) AS proposed,
       max(p.published) AS latest
ORDER BY papers DESC, proposed DESC, id
LIMIT $limit
