// The results on a dataset, metric by metric, best first, and the words that state them; results of no
// stated metric come last. What is best is `higher`, `lower` or, of metrics such as the attack success
// rate, `depends`; that and what is not known rank as `higher` (kg/directions.tsv). Units that convert rank
// together (ms and s), and 0.91 as 91%; others apart. Gains and factors never rank among values.
// $dataset: Dataset, a dataset by name, alias or id
// $metric: Metric = "", only this metric
// $form: form = "value", what is ranked: value, or gain or factor over a baseline
// $versions: text = "no", with "yes" the dataset's versions, too, which `version` names
// $limit: integer = 50, at most so many rows
// columns: metric, best, method, value, number, unit, against, version, paper, published, code, evidence, words, start, stop
MATCH (:Dataset {id: $dataset})<-[:VERSION_OF*0..9]-(d:Dataset)
WHERE d.id = $dataset OR $versions = 'yes' AND d.salient
MATCH (d)<-[:ON]-(r:Result {form: $form})<-[:REPORTS]-(p:Paper)
OPTIONAL MATCH (r)-[:OF]->(m:Metric)
WITH m, r.unit AS unit, collect([p, r, d]) AS results
WHERE $metric = '' OR m.id = $metric
WITH m, unit, results, split(unit, '/')[0] AS counted
WITH m, unit, results, counted, '-' + coalesce(substring(m.id, 7), '')
       + '-[' + unit + ']-[' + counted + ']-' AS words,
     coalesce(head([row IN $units WHERE row[0] = counted]), [counted, counted, 1.0]) AS converted
WITH m, results, head([row IN $directions WHERE words CONTAINS row[0] | row[1]]) AS best,
     words CONTAINS '-rate-' AS is_rate, converted[2] AS factor,
     CASE WHEN $form = 'value' AND unit = '%' THEN ''
          ELSE converted[1] + substring(unit, size(counted)) END AS measure
UNWIND results AS result
WITH m, best, is_rate, factor, measure, result[0] AS p, result[1] AS r, result[2] AS d
OPTIONAL MATCH (r)-[:BY]->(x:Method)
OPTIONAL MATCH (r)-[:AGAINST]->(b:Method)
OPTIONAL MATCH (p)-[:HAS_CODE]->(c:Repository)
WITH m, best, is_rate, factor, measure, p, r, d, x, b, min(c.url) AS code
WHERE coalesce(x.salient, true)
WITH m, best, measure, p, r, d, x, b, code,
     CASE WHEN $form = 'value' AND r.unit = '' AND r.number >= 0.0 AND r.number <= 1.0
               AND (is_rate OR coalesce(best, '') <> 'lower') THEN 100.0 * r.number
          WHEN $form = 'gain' AND best = 'lower' THEN factor * abs(r.number)
          ELSE factor * r.number END AS size
RETURN m.name AS metric, best, x.name AS method, r.text AS value, r.number AS number, r.unit AS unit,
       b.name AS against, CASE WHEN d.id <> $dataset THEN d.name END AS version,
       p.id AS paper, p.published AS published, code,
       p.title + '\n' + p.abstract AS text, r.start AS start, r.stop AS stop
ORDER BY m.id, measure, CASE WHEN best = 'lower' AND $form = 'value' THEN size ELSE -size END, r.id
LIMIT $limit
