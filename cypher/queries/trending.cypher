// How many papers a month propose, use, evaluate on, report or address the entities of a kind,
// latest month first.
// $kind: kind = "Method", Method, Dataset, Metric, Task or Repository
// $since: date = "", published then or later
// $limit: integer = 50, at most so many rows
// columns: month, name, id, papers
MATCH (p:Paper)-[link]->(x:Method|Dataset|Metric|Task|Repository)
WHERE $kind IN labels(x) AND coalesce(x.salient, true) AND type(link) <> 'MENTIONS'
  AND p.published >= $since AND size(p.published) >= 7
RETURN left(p.published, 7) AS month, x.name AS name, x.id AS id, count(DISTINCT p) AS papers
ORDER BY month DESC, papers DESC, id
LIMIT $limit
