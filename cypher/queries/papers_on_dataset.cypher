// Papers that evaluate on a dataset or introduce it, newest first, and the words that say so.
// $dataset: Dataset, a dataset by name, alias or id
// $since: date = "", published then or later
// $versions: text = "no", with "yes" its versions, too, which `version` names
// $limit: integer = 20, at most so many rows
// columns: paper, title, published, relationship, version, evidence, words, start, stop
MATCH (:Dataset {id: $dataset})<-[:VERSION_OF*0..9]-(d:Dataset)
WHERE d.id = $dataset OR $versions = 'yes' AND d.salient
MATCH (d)<-[link:EVALUATES_ON|INTRODUCES]-(p:Paper)
WHERE p.published >= $since
RETURN p.id AS paper, p.title AS title, p.published AS published, type(link) AS relationship,
       CASE WHEN d.id <> $dataset THEN d.name END AS version,
       p.title + '\n' + p.abstract AS text, link.start AS start, link.stop AS stop
ORDER BY published DESC, paper, relationship, d.id
LIMIT $limit
