// How many nodes that kg wrote lie on each page, and what their digests add up to; LABEL stands for theirs.
// $first, $end: ids that bound the pages, [first, end)
UNWIND range(0, size($first) - 1) AS page
CALL (page) {
  MATCH (node:LABEL:Kg)
  WHERE node.id >= $first[page] AND node.id < $end[page]
  RETURN count(node) AS nodes, sum(node.kg_digest) AS digest, sum(node.kg_links) AS links
}
RETURN nodes, digest, links
ORDER BY page
