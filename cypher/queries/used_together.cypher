// What the papers about something also propose, use, evaluate on, report or address.
// $topic: Entity, a method, dataset, metric, task or repository by name, alias or id
// $kind: kind = "", only Method, Dataset, Metric, Task or Repository
// $limit: integer = 20, at most so many rows
// columns: kind, name, id, papers
MATCH (:Method|Dataset|Metric|Task|Repository {id: $topic})<-[one]-(p:Paper)
MATCH (p)-[other]->(x:Method|Dataset|Metric|Task|Repository)
WHERE x.id <> $topic AND coalesce(x.salient, true) AND ($kind = '' OR $kind IN labels(x))
  AND type(one) <> 'MENTIONS' AND type(other) <> 'MENTIONS'
RETURN head([label IN labels(x) WHERE label <> 'Kg']) AS kind, x.name AS name, x.id AS id,
       count(DISTINCT p) AS papers
ORDER BY papers DESC, id
LIMIT $limit
