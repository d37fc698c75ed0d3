// A paper and all that it says
// paper: the id of a paper; its results come with their metric, dataset, methods and baseline
:param paper => '2312.00752';
MATCH way = (:Paper {id: $paper})-[:REPORTS*0..1]->()-->()
RETURN way
LIMIT 300
