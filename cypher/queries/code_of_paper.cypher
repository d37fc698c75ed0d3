// The repositories that a paper links to, and whether they are its own code.
// $paper: Paper, a paper by id or title
// columns: url, repository, relationship, evidence, words, start, stop
MATCH (p:Paper {id: $paper})-[link:HAS_CODE|LINKS_TO]->(c:Repository)
RETURN c.url AS url, c.id AS repository, type(link) AS relationship,
       p.title + '\n' + p.abstract AS text, link.start AS start, link.stop AS stop
ORDER BY relationship, start, repository
