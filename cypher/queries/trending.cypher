// How many papers a month propose, use, evaluate on, report or address the entities of a kind,
// latest month first; LABEL stands for the kind.
// $kind: kind = "Method", Method, Dataset, Metric, Task or Repository
// $since: date = "", published then or later
// $limit: integer = 50, at most so many rows
// columns: month, name, id, papers
MATCH (p:Paper)-[link]->(x:LABEL)
WHERE p.published >= $since AND p.published >= $oldest AND p.published < $newest + '~'
  AND size(p.published) >= 7 AND type(link) <> 'MENTIONS' AND coalesce(x.salient, true)
RETURN left(p.published, 7) AS month, x.name AS name, x.id AS id, count(DISTINCT p) AS papers
ORDER BY month DESC, papers DESC, id
LIMIT $limit
