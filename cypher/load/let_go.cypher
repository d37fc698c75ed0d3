// Removes what kg tied to nodes that stay for others' sake; LABEL stands for theirs.
// $ids: of the nodes; $types: of all relationships that kg writes
UNWIND $ids AS id
MATCH (node:LABEL:Kg {id: id})
REMOVE node.kg_digest, node.kg_links
WITH node
MATCH (node)-[link]-(:Kg)
WHERE type(link) IN $types AND link.start IS NOT NULL AND link.count IS NOT NULL
DELETE link
