// What papers name together with some entities; of several neighbours `via` is the one that fewest
// papers name. What careful readers doubt is no way to anywhere, but may be the end of one.
// $ids: of entities
// $ends: ids that count though they are doubted
// $among: ids of the only neighbours that are wanted; empty: all are
UNWIND $ids AS id
MATCH (a:Method|Dataset|Metric|Task|Repository {id: id})<--(p:Paper)
MATCH (p)-->(x:Method|Dataset|Metric|Task|Repository)
WHERE x.id <> a.id AND (coalesce(x.salient, true) OR x.id IN $ends)
  AND (size($among) = 0 OR x.id IN $among)
WITH DISTINCT x.id AS id, coalesce(x.papers, 0) AS papers, a.id AS via, coalesce(a.papers, 0) AS rank
ORDER BY rank, via
RETURN id, collect(via)[0] AS via, papers
ORDER BY papers, id
