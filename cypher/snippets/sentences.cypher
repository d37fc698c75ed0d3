// What is said in certain words
// words: as Lucene searches: 'a b' any of them, 'a AND b' both, '"a b"' in this order, 'a*' what begins so
:param words => 'outperforms OR compare OR scales';
CALL db.index.fulltext.queryRelationships('kg_sentences', $words, {limit: 50})
YIELD relationship AS link, score
RETURN startNode(link) AS source, link, endNode(link) AS target, link.sentence AS sentence
ORDER BY score DESC, sentence, source.id, target.id
