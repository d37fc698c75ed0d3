// How two things hang together: ten of the shortest paths
// first, second: ids of two different methods, datasets, metrics, tasks or repositories
:param first => 'method:mamba';
:param second => 'dataset:cifar-100';
MATCH (a:Method|Dataset|Metric|Task|Repository {id: $first})
MATCH (b:Method|Dataset|Metric|Task|Repository {id: $second})
MATCH way = allShortestPaths((a)-[*..8]-(b))
RETURN way
LIMIT 10
