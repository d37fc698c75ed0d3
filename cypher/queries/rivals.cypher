// Methods that papers set against a method, by what they do with both or by results; those of most papers
// first, with the titles of the newest five. `ahead` and `behind` count the results that say who is better:
// gains and factors over the other, and values of both in one paper, in one unit, on one dataset, by one
// metric whose best is known (kg/directions.tsv).
// $method: Method, a method by name, alias or id
// $limit: integer = 20, at most so many rows
// columns: method, id, papers, ahead, behind, titles
CALL () {
  MATCH (:Method {id: $method})<-[one:PROPOSES|COMPARES_WITH]-(p:Paper)
  MATCH (p)-[other:PROPOSES|COMPARES_WITH]->(x:Method)
  WHERE type(one) = 'COMPARES_WITH' OR type(other) = 'COMPARES_WITH'
  RETURN x, p, null AS better, null AS worse
  UNION ALL
  MATCH (:Method {id: $method})<-[one:BY|AGAINST]-(r:Result)<-[:REPORTS]-(p:Paper)
  MATCH (r)-[:BY|AGAINST]->(x:Method)
  RETURN x, p, CASE WHEN r.form <> 'value' AND type(one) = 'BY' THEN r.id END AS better,
         CASE WHEN r.form <> 'value' AND type(one) = 'AGAINST' THEN r.id END AS worse
  UNION ALL
  MATCH (:Method {id: $method})<-[:BY]-(a:Result {form: 'value'})<-[:REPORTS]-(p:Paper)
  MATCH (p)-[:REPORTS]->(b:Result {form: 'value'})-[:BY]->(x:Method)
  MATCH (a)-[:OF]->(m:Metric)
  MATCH (b)-[:OF]->(n:Metric)
  WHERE x.id <> $method AND m.id = n.id AND a.unit = b.unit
  OPTIONAL MATCH (a)-[:ON]->(d:Dataset)
  OPTIONAL MATCH (b)-[:ON]->(e:Dataset)
  WITH m, x, p, a, b, coalesce(d.id, '') = coalesce(e.id, '') AS is_pair
  WHERE is_pair
  WITH '-' + substring(m.id, 7) + '-[' + a.unit + ']-[' + split(a.unit, '/')[0] + ']-' AS words,
       collect([x, p, a, b]) AS pairs
  WITH head([row IN $directions WHERE words CONTAINS row[0] | row[1]]) AS best, pairs
  UNWIND pairs AS pair
  WITH pair[0] AS x, pair[1] AS p, pair[2] AS a, pair[3] AS b, best
  RETURN x, p, CASE WHEN best = 'higher' AND a.number > b.number
                      OR best = 'lower' AND a.number < b.number THEN a.id END AS better,
         CASE WHEN best = 'higher' AND a.number < b.number
                OR best = 'lower' AND a.number > b.number THEN b.id END AS worse
}
WITH x, p, better, worse
ORDER BY p.published DESC, p.id
WITH x, count(DISTINCT p) AS papers, count(DISTINCT better) AS ahead, count(DISTINCT worse) AS behind,
     collect(DISTINCT p.title)[..5] AS titles
WHERE x.id <> $method AND x.salient
RETURN x.name AS method, x.id AS id, papers, ahead, behind, titles
ORDER BY papers DESC, id
LIMIT $limit
