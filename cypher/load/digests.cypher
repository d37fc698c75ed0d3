// The digests of a page's nodes; LABEL stands for theirs.
// $first, $end: ids that bound the page, [first, end); $limit: at most so many
MATCH (node:LABEL:Kg)
WHERE node.id >= $first AND node.id < $end
RETURN node.id AS id, coalesce(node.kg_digest, 0) AS node, coalesce(node.kg_links, 0) AS links
ORDER BY id
LIMIT $limit
