// Writes a batch of nodes; LABEL stands for their label.
// $rows: maps of id and properties
UNWIND $rows AS row
MERGE (node:LABEL:Kg {id: row.id})
SET node += row.properties
