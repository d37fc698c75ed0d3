// The relationships from some nodes that kg wrote; SOURCE stands for their label. What others have written
// has no `start` or no `count`.
// $ids: of the nodes; $types: of all relationships that kg writes; $labels: of all that kg writes, but Kg
UNWIND $ids AS id
MATCH (source:SOURCE {id: id})-[link]->(target:Kg)
WHERE type(link) IN $types AND link.start IS NOT NULL AND link.count IS NOT NULL
RETURN source.id AS source, type(link) AS type, target.id AS target,
       head([label IN labels(target) WHERE label IN $labels]) AS label
