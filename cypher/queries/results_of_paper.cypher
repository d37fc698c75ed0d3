// The results that a paper reports, in the order of its text, and the words that state them.
// $paper: Paper, a paper by id or title
// columns: value, number, unit, form, method, dataset, metric, against, evidence, words, start, stop
MATCH (p:Paper {id: $paper})-[:REPORTS]->(r:Result)
OPTIONAL MATCH (r)-[:BY]->(x:Method)
OPTIONAL MATCH (r)-[:ON]->(d:Dataset)
OPTIONAL MATCH (r)-[:OF]->(m:Metric)
OPTIONAL MATCH (r)-[:AGAINST]->(b:Method)
RETURN r.text AS value, r.number AS number, r.unit AS unit, r.form AS form, x.name AS method,
       d.name AS dataset, m.name AS metric, b.name AS against,
       p.title + '\n' + p.abstract AS text, r.start AS start, r.stop AS stop
ORDER BY start, stop, r.id
