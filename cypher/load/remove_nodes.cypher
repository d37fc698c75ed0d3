// Removes nodes with all that hangs on them; LABEL stands for theirs.
// $ids: of the nodes
UNWIND $ids AS id
MATCH (node:LABEL:Kg {id: id})
DETACH DELETE node
