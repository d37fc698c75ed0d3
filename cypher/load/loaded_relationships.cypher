// The relationships of a batch of nodes that were ever loaded; SOURCE stands for their label.
// $ids: ids of the nodes; $types: the types that are looked at
UNWIND $ids AS id
MATCH (source:SOURCE:Kg {id: id})-[relationship]->(target:Kg)
WHERE type(relationship) IN $types
RETURN source.id AS source, type(relationship) AS type, target.id AS target
