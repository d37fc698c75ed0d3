// Notes the digest of all that was written with each of some nodes; LABEL stands for theirs.
// $id, $links: columns of equal length
UNWIND range(0, size($id) - 1) AS i
MATCH (node:LABEL {id: $id[i]})
SET node.kg_links = $links[i]
