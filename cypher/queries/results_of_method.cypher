// The results of a method, newest paper first, and the words that state them.
// $method: Method, a method by name, alias or id
// $dataset: Dataset = "", only on this dataset
// $metric: Metric = "", only by this metric
// $versions: text = "no", with "yes" its versions, too, which `version` names
// $limit: integer = 50, at most so many rows
// columns: value, number, unit, form, version, metric, dataset, against, paper, title, published, evidence, words, start, stop
MATCH (:Method {id: $method})<-[:VERSION_OF*0..9]-(x:Method)
WHERE x.id = $method OR $versions = 'yes' AND x.salient
MATCH (x)<-[:BY]-(r:Result)<-[:REPORTS]-(p:Paper)
OPTIONAL MATCH (r)-[:OF]->(m:Metric)
OPTIONAL MATCH (r)-[:ON]->(d:Dataset)
OPTIONAL MATCH (r)-[:AGAINST]->(b:Method)
WITH x, p, r, m, d, b
WHERE ($dataset = '' OR d.id = $dataset) AND ($metric = '' OR m.id = $metric)
RETURN r.text AS value, r.number AS number, r.unit AS unit, r.form AS form,
       CASE WHEN x.id <> $method THEN x.name END AS version, m.name AS metric,
       d.name AS dataset, b.name AS against, p.id AS paper, p.title AS title,
       p.published AS published,
       p.title + '\n' + p.abstract AS text, r.start AS start, r.stop AS stop
ORDER BY published DESC, paper, r.id
LIMIT $limit
