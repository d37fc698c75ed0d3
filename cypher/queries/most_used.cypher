// The entities of a kind that most papers name; LABEL stands for the kind.
// $kind: kind = "Method", Method, Dataset, Metric, Task or Repository
// $limit: integer = 20, at most so many rows
// columns: name, id, papers
MATCH (x:LABEL)
WHERE coalesce(x.salient, true)
RETURN x.name AS name, x.id AS id, coalesce(x.papers, COUNT { (x)<--(:Paper) }) AS papers
ORDER BY papers DESC, id
LIMIT $limit
