// Papers that name two things, newest first, and what they do with each.
// $first: Entity, a method, dataset, metric, task or repository by name, alias or id
// $second: Entity, a method, dataset, metric, task or repository by name, alias or id
// $limit: integer = 20, at most so many rows
// columns: paper, title, published, first, second
MATCH (:Method|Dataset|Metric|Task|Repository {id: $first})<-[one]-(p:Paper)
MATCH (p)-[other]->(:Method|Dataset|Metric|Task|Repository {id: $second})
RETURN p.id AS paper, p.title AS title, p.published AS published,
       type(one) AS first, type(other) AS second
ORDER BY published DESC, paper, first, second
LIMIT $limit
