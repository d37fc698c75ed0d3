// Removes a batch of nodes and what hangs on them; LABEL stands for their label.
// $ids: their ids
UNWIND $ids AS id
MATCH (node:LABEL:Kg {id: id})
DETACH DELETE node
