// The ids of all nodes of one label that were ever loaded; LABEL stands for it.
MATCH (node:LABEL:Kg)
RETURN node.id AS id
