// How many relationships papers have with some entities, all together.
// $ids: of the entities
UNWIND $ids AS id
MATCH (x:Method|Dataset|Metric|Task|Repository {id: id})
RETURN sum(coalesce(x.papers, COUNT { (x)<--(:Paper) })) AS papers
