// Papers that name something, newest first, what they do with it, and the words that say so.
// $topic: Entity, a method, dataset, metric, task or repository by name, alias or id
// $since: date = "", published then or later
// $versions: text = "no", with "yes" its versions, too, which `version` names
// $limit: integer = 20, at most so many rows
// columns: paper, title, published, relationship, version, evidence, words, start, stop
MATCH (:Method|Dataset|Metric|Task|Repository {id: $topic})
      <-[:VERSION_OF*0..9]-(x:Method|Dataset|Metric|Task|Repository)
WHERE x.id = $topic OR $versions = 'yes' AND x.salient
MATCH (x)<-[link]-(p:Paper)
WHERE p.published >= $since
RETURN p.id AS paper, p.title AS title, p.published AS published, type(link) AS relationship,
       CASE WHEN x.id <> $topic THEN x.name END AS version,
       p.title + '\n' + p.abstract AS text, link.start AS start, link.stop AS stop
ORDER BY published DESC, paper, relationship, x.id
LIMIT $limit
