// Repositories of the papers that address a task, evaluate on a dataset, or propose or use a
// method, newest paper first.
// $topic: Entity, a task, method, dataset or metric by name, alias or id
// $limit: integer = 20, at most so many rows
// columns: url, repository, relationship, paper, title, published
MATCH (:Method|Dataset|Metric|Task {id: $topic})<-[link]-(p:Paper)-[:HAS_CODE]->(c:Repository)
WHERE NOT type(link) IN ['MENTIONS', 'COMPARES_WITH']
RETURN c.url AS url, c.id AS repository, type(link) AS relationship,
       p.id AS paper, p.title AS title, p.published AS published
ORDER BY published DESC, paper, repository, relationship
LIMIT $limit
