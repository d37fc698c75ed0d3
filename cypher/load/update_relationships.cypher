// Writes the properties of relationships that are there; SOURCE and TARGET stand for the labels of their ends.
// $source, $target, $type, ...: columns of equal length; $sentence: places in $sentences, or -1
UNWIND range(0, size($source) - 1) AS i
MATCH (source:SOURCE {id: $source[i]})-[link]->(target:TARGET {id: $target[i]})
WHERE type(link) = $type[i] AND link.start IS NOT NULL AND link.count IS NOT NULL
SET link.start = $start[i], link.stop = $stop[i], link.confidence = $confidence[i],
    link.count = $count[i],
    link.sentence = CASE WHEN $sentence[i] >= 0 THEN $sentences[$sentence[i]] END
