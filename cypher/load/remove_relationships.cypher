// Removes a batch of relationships; SOURCE stands for the label that they start from.
// $rows: maps of source (an id), type and target (an id)
UNWIND $rows AS row
MATCH (source:SOURCE:Kg {id: row.source})-[relationship]->(target:Kg {id: row.target})
WHERE type(relationship) = row.type
DELETE relationship
