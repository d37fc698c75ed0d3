// Removes relationships that kg wrote; SOURCE stands for the label that they start from.
// $source, $type, $target: columns of equal length
UNWIND range(0, size($source) - 1) AS i
MATCH (source:SOURCE {id: $source[i]})-[link]->(target:Kg {id: $target[i]})
WHERE type(link) = $type[i] AND link.start IS NOT NULL AND link.count IS NOT NULL
DELETE link
