// What papers name together with some entities; of several neighbours `via` is the one that fewest
// papers name. What careful readers doubt is no way to anywhere, but may be the end of one.
// $ids: of entities
// $ends: ids that count though they are doubted
UNWIND $ids AS id
MATCH (a:Method|Dataset|Metric|Task|Repository {id: id})
MATCH (a)<--(p:Paper)
MATCH (p)-->(x:Method|Dataset|Metric|Task|Repository)
WHERE x.id <> a.id AND (coalesce(x.salient, true) OR x.id IN $ends)
WITH DISTINCT x, a
ORDER BY coalesce(a.papers, 0), a.id
WITH x, collect(a.id) AS vias
RETURN x.id AS id, vias[0] AS via, coalesce(x.papers, 0) AS papers
ORDER BY papers, id
