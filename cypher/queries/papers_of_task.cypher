// Papers that address a task, newest first, and the words that say so.
// $task: Task, a task by name, alias or id
// $since: date = "", published then or later
// $limit: integer = 20, at most so many rows
// columns: paper, title, published, evidence, words, start, stop
MATCH (:Task {id: $task})<-[link:ADDRESSES]-(p:Paper)
WHERE p.published >= $since
RETURN p.id AS paper, p.title AS title, p.published AS published,
       p.title + '\n' + p.abstract AS text, link.start AS start, link.stop AS stop
ORDER BY published DESC, paper
LIMIT $limit
