// The versions of a method, dataset or metric, and theirs in turn, those of most papers first: `Qwen2.5-VL-7B`
// is one of `Qwen2.5-VL`. The names alone say so. `family` is the nearest of which something is a version.
// $topic: Entity, a method, dataset or metric by name, alias or id
// $limit: integer = 50, at most so many rows
// columns: name, id, papers, family
MATCH (:Method|Dataset|Metric {id: $topic})<-[:VERSION_OF*0..9]-(f:Method|Dataset|Metric)
MATCH (f)<-[:VERSION_OF]-(x:Method|Dataset|Metric)
WHERE x.salient
RETURN x.name AS name, x.id AS id, x.papers AS papers, f.name AS family
ORDER BY papers DESC, id
LIMIT $limit
