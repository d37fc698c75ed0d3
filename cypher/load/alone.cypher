// Makes a node that nobody else can make at the same time; it is never committed.
MERGE (:KgLoad {id: 'alone'})
