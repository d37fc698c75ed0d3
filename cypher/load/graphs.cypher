// Another graph than this one of which papers lie here, if there is such.
// $graph: the id of this one
MATCH (node:Paper:Kg)
WHERE node.kg_graph <> $graph OR node.kg_graph IS NULL
RETURN coalesce(node.kg_graph, '') AS graph
LIMIT 1
