// Writes entities with all properties; LABEL stands for their kind.
// $id, $name, ...: columns of equal length
UNWIND range(0, size($id) - 1) AS i
MERGE (node:LABEL:Kg {id: $id[i]})
SET node.name = $name[i], node.aliases = $aliases[i], node.papers = $papers[i],
    node.salient = $salient[i], node.ambiguous = $ambiguous[i],
    node.external_ids = $external_ids[i], node.kg_digest = $digest[i]
