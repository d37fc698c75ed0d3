// Creates relationships; SOURCE and TARGET stand for the labels of their ends.
// $source, $target, $type, ...: columns of equal length; $sentence: places in $sentences, or -1
UNWIND range(0, size($source) - 1) AS i
MATCH (source:SOURCE {id: $source[i]})
MATCH (target:TARGET {id: $target[i]})
CREATE (source)-[:$($type[i]) {
  start: $start[i], stop: $stop[i], confidence: $confidence[i], count: $count[i],
  sentence: CASE WHEN $sentence[i] >= 0 THEN $sentences[$sentence[i]] END
}]->(target)
