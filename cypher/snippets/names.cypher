// What has a certain name, and the newest papers that name it
// words: as Lucene searches: 'a b' any of them, 'a AND b' both, '"a b"' in this order, 'a*' what begins so
:param words => 'mamba';
CALL db.index.fulltext.queryNodes('kg_names', $words, {limit: 10}) YIELD node, score
CALL (node) {
  OPTIONAL MATCH way = (node)<--(p:Paper)
  RETURN way
  ORDER BY p.published DESC, p.id
  LIMIT 10
}
RETURN node, way
ORDER BY score DESC, node.id
