// The results on a dataset, metric by metric, best first; results of no stated metric come last.
// Lower is better for errors, distances, losses and times; for all else higher is, and there 0.91 ranks
// as 91%.
// $dataset: Dataset, a dataset by name, alias or id
// $metric: Metric = "", only this metric
// $form: form = "value", what is ranked: value, or gain or factor over a baseline
// $limit: integer = 50, at most so many rows
// columns: metric, method, value, number, unit, paper, title, published, code
MATCH (:Dataset {id: $dataset})<-[:ON]-(r:Result {form: $form})<-[:REPORTS]-(p:Paper)
OPTIONAL MATCH (r)-[:OF]->(m:Metric)
OPTIONAL MATCH (r)-[:BY]->(x:Method)
OPTIONAL MATCH (p)-[:HAS_CODE]->(c:Repository)
WITH p, r, m, x, min(c.url) AS code,
     any(word IN split(substring(m.id, 7), '-') WHERE word IN [
         'bpd', 'cer', 'cost', 'distance', 'divergence', 'eer', 'error', 'fid', 'flop', 'latency',
         'loss', 'mae', 'mse', 'nll', 'perplexity', 'ppl', 'regret', 'rmse', 'runtime', 'ter',
         'time', 'wer']) AS lower_is_better
WHERE ($metric = '' OR m.id = $metric) AND coalesce(x.salient, true)
RETURN m.name AS metric, x.name AS method, r.text AS value, r.number AS number, r.unit AS unit,
       p.id AS paper, p.title AS title, p.published AS published, code
ORDER BY m.id,
         CASE WHEN lower_is_better AND r.form = 'value' THEN r.number
              WHEN r.unit = '' AND r.number <= 1.0 AND r.form = 'value' THEN -100.0 * r.number
              ELSE -r.number END,
         r.id
LIMIT $limit
