// Of some ids the one that most papers name; LABEL stands for the labels looked at.
// $ids: candidates
UNWIND $ids AS candidate
MATCH (x:LABEL {id: candidate})
RETURN x.id AS id
ORDER BY coalesce(x.papers, 0) DESC, id
LIMIT 1
