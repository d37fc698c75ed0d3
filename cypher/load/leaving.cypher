// Of nodes that the graph has no more: what is tied to them by others. LABEL stands for theirs.
// $ids: of the nodes; $labels, $keys, $types: that kg writes on and at such
UNWIND $ids AS id
MATCH (node:LABEL:Kg {id: id})
RETURN id, node.kg_digest IS NOT NULL AS is_ours,
       any(label IN labels(node) WHERE NOT label IN $labels)
       OR any(key IN keys(node) WHERE NOT key IN $keys)
       OR EXISTS {
         (node)-[link]-()
         WHERE NOT type(link) IN $types OR link.start IS NULL OR link.count IS NULL
       } AS is_tied
ORDER BY id
