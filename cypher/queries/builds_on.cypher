// Papers that use a method, newest first, and the methods that they propose.
// $method: Method, a method by name, alias or id
// $since: date = "", published then or later
// $versions: text = "no", with "yes" its versions, too, which `version` names
// $limit: integer = 20, at most so many rows
// columns: paper, title, published, version, proposes, evidence, words, start, stop
MATCH (:Method {id: $method})<-[:VERSION_OF*0..9]-(m:Method)
WHERE m.id = $method OR $versions = 'yes' AND m.salient
MATCH (m)<-[link:USES]-(p:Paper)
WHERE p.published >= $since
WITH m, p, link
ORDER BY p.published DESC, p.id, m.id
LIMIT $limit
OPTIONAL MATCH (p)-[:PROPOSES]->(x:Method {salient: true})
WITH m, p, link, x
ORDER BY x.id
WITH m, p, link, collect(x.name) AS proposes
RETURN p.id AS paper, p.title AS title, p.published AS published,
       CASE WHEN m.id <> $method THEN m.name END AS version, proposes,
       p.title + '\n' + p.abstract AS text, link.start AS start, link.stop AS stop
ORDER BY published DESC, paper, m.id
