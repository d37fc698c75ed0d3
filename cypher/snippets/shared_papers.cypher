// The papers that name two things
// first, second: ids of methods, datasets, metrics, tasks or repositories
:param first => 'method:transformer';
:param second => 'dataset:imagenet';
MATCH way = (:Method|Dataset|Metric|Task|Repository {id: $first})<--(p:Paper)
            -->(:Method|Dataset|Metric|Task|Repository {id: $second})
RETURN way
ORDER BY p.published DESC, p.id
LIMIT 50
