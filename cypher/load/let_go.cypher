// Removes what kg tied to nodes that stay for others' sake; LABEL stands for theirs.
// $ids: of the nodes
UNWIND $ids AS id
MATCH (node:LABEL:Kg {id: id})
REMOVE node.kg_digest, node.kg_links
WITH node
MATCH (node)-[link]-(:Kg)
WHERE link.start IS NOT NULL AND link.count IS NOT NULL
DELETE link
