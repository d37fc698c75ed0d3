// Gives an entity the id and the kind that it has now; FORMER and LATTER stand for its kinds.
// $former, $latter: ids
MATCH (node:FORMER:Kg {id: $former})
REMOVE node:FORMER
SET node:LATTER, node.id = $latter
