// The names of some entities; LABEL stands for their kind.
// $ids: of the entities
UNWIND $ids AS id
MATCH (node:LABEL:Kg {id: id})
RETURN id, coalesce(CASE WHEN node:Repository THEN node.url ELSE node.name END, '') AS name
ORDER BY id
