// Makes papers of another graph belong to this one, some thousand at once.
// $graph: the id of this one
MATCH (node:Paper:Kg)
WHERE node.kg_graph <> $graph OR node.kg_graph IS NULL
WITH node
LIMIT 10000
SET node.kg_graph = $graph
