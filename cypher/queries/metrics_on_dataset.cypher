// Metrics that papers on a dataset report, those of most papers first, and how many of their
// results are on it.
// $dataset: Dataset, a dataset by name, alias or id
// $versions: text = "no", with "yes" its versions, too
// $limit: integer = 20, at most so many rows
// columns: metric, id, papers, results
MATCH (:Dataset {id: $dataset})<-[:VERSION_OF*0..9]-(d:Dataset)
WHERE d.id = $dataset OR $versions = 'yes' AND d.salient
MATCH (d)<-[:EVALUATES_ON|INTRODUCES]-(p:Paper)-[:REPORTS]->(m:Metric)
WHERE m.salient
OPTIONAL MATCH (p)-[:REPORTS]->(r:Result)-[:OF]->(m)
WHERE EXISTS { (r)-[:ON]->(d) }
RETURN m.name AS metric, m.id AS id, count(DISTINCT p) AS papers, count(DISTINCT r) AS results
ORDER BY papers DESC, results DESC, id
LIMIT $limit
