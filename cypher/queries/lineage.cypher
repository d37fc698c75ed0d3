// What a method is built upon, step by step: the papers that propose it use other methods, which papers that
// are no newer propose, and so on. A method is followed where it comes first, so circles end.
// $method: Method, a method by name, alias or id
// $steps: integer = 3, at most so many
// $limit: integer = 50, at most so many rows
// columns: step, method, uses, id, paper, published, evidence, words, start, stop
UNWIND $layer AS at
MATCH (m:Method {id: at.id})<-[:PROPOSES]-(p:Paper)
MATCH (p)-[link:USES]->(x:Method)
WHERE $step <= $steps AND x.salient AND x.id <> m.id
  AND (at.newest = '' OR p.published <= at.newest + '~')
RETURN $step AS step, m.name AS method, x.name AS uses, x.id AS id, p.id AS paper,
       p.published AS published,
       p.title + '\n' + p.abstract AS text, link.start AS start, link.stop AS stop
ORDER BY m.id, published, paper, start, id
LIMIT $limit
