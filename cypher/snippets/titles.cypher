// Papers by words of their titles, and what each proposes or introduces
// words: as Lucene searches: 'a b' any of them, 'a AND b' both, '"a b"' in this order, 'a*' what begins so
:param words => '"state space"';
CALL db.index.fulltext.queryNodes('kg_titles', $words, {limit: 25}) YIELD node, score
OPTIONAL MATCH way = (node)-[:PROPOSES|INTRODUCES]->()
RETURN node, way
ORDER BY score DESC, node.id
