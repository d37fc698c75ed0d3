// All that the graph knows of a paper, in the order of its text, doubted terms too, and
// the words that say so.
// $paper: Paper, a paper by id or title
// columns: relationship, kind, name, id, salient, confidence, count, evidence, words, start, stop
MATCH (p:Paper {id: $paper})-[link]->(x)
RETURN type(link) AS relationship, head([label IN labels(x) WHERE label <> 'Kg']) AS kind,
       coalesce(x.name, x.text) AS name, x.id AS id,
       coalesce(x.salient, true) AS salient, link.confidence AS confidence, link.count AS count,
       p.title + '\n' + p.abstract AS text, link.start AS start, link.stop AS stop
ORDER BY start, stop, relationship, id
