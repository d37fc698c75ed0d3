// The results on a dataset
// dataset: the id of a dataset; each result comes with its paper, method and metric
:param dataset => 'dataset:imagenet';
MATCH reported = (:Dataset {id: $dataset})<-[:ON]-(r:Result {form: 'value'})<-[:REPORTS]-(p:Paper)
WITH reported, r, p
ORDER BY p.published DESC, r.id
LIMIT 50
OPTIONAL MATCH cell = (r)-[:BY|OF]->()
RETURN reported, cell
