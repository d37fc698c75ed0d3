// New papers about a topic, and what each proposes or introduces
// topic: the id of a method, dataset, metric or task; since: published then or later
:param topic => 'task:image-classification';
:param since => '2020';
MATCH named = (:Method|Dataset|Metric|Task {id: $topic})<-[link]-(p:Paper)
WHERE p.published >= $since AND type(link) <> 'MENTIONS'
WITH named, p
ORDER BY p.published DESC, p.id
LIMIT 25
OPTIONAL MATCH own = (p)-[:PROPOSES|INTRODUCES]->()
RETURN named, own
