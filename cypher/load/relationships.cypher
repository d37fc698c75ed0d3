// Writes a batch of relationships; SOURCE, TYPE and TARGET stand for their labels and type.
// $rows: maps of source (an id), target (an id) and properties
UNWIND $rows AS row
MATCH (source:SOURCE {id: row.source})
MATCH (target:TARGET {id: row.target})
MERGE (source)-[relationship:TYPE]->(target)
SET relationship += row.properties
