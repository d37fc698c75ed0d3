// Papers that share terms with a paper; a shared term weighs the more, the fewer papers name it.
// $paper: Paper, a paper by id or title
// $limit: integer = 10, at most so many rows
// columns: paper, title, published, score, shared
MATCH (every:Paper)
WITH toFloat(count(every)) AS total
MATCH (:Paper {id: $paper})-->(x:Method|Dataset|Metric|Task)<--(p:Paper)
WHERE p.id <> $paper AND x.salient
WITH DISTINCT total, p, x
ORDER BY x.papers, x.id
WITH p, sum(log(total / x.papers)) AS weight, collect(x.name) AS shared
RETURN p.id AS paper, p.title AS title, p.published AS published,
       round(weight * 1000) / 1000.0 AS score, shared
ORDER BY score DESC, paper
LIMIT $limit
