// The names of some entities; LABEL stands for their kind.
// $ids: of the entities
UNWIND $ids AS id
MATCH (node:LABEL:Kg {id: id})
RETURN id, coalesce(node.url, node.name, '') AS name
ORDER BY id
