// One node an id, so that loading twice changes nothing. Each statement ends in a semicolon.
CREATE CONSTRAINT kg_load_id IF NOT EXISTS FOR (node:KgLoad) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT kg_paper_id IF NOT EXISTS FOR (node:Paper) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT kg_method_id IF NOT EXISTS FOR (node:Method) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT kg_dataset_id IF NOT EXISTS FOR (node:Dataset) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT kg_metric_id IF NOT EXISTS FOR (node:Metric) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT kg_task_id IF NOT EXISTS FOR (node:Task) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT kg_repository_id IF NOT EXISTS FOR (node:Repository) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT kg_result_id IF NOT EXISTS FOR (node:Result) REQUIRE node.id IS UNIQUE;

// What the questions look up in order: papers by date. Ids have an index by their constraints.
CREATE INDEX kg_paper_published IF NOT EXISTS FOR (node:Paper) ON (node.published);

// For who browses: words of names, titles and sentences, as db.index.fulltext.queryNodes and queryRelationships
// find them. They follow a change within seconds, so that loading does not wait. Of sentences those count that a
// paper's own relationships carry; those of its results repeat them.
CREATE FULLTEXT INDEX kg_names IF NOT EXISTS FOR (node:Method|Dataset|Metric|Task|Repository) ON EACH [node.name, node.aliases] OPTIONS {indexConfig: {`fulltext.eventually_consistent`: true}};
CREATE FULLTEXT INDEX kg_titles IF NOT EXISTS FOR (node:Paper) ON EACH [node.title] OPTIONS {indexConfig: {`fulltext.eventually_consistent`: true}};
CREATE FULLTEXT INDEX kg_sentences IF NOT EXISTS FOR ()-[link:PROPOSES|USES|COMPARES_WITH|MENTIONS|INTRODUCES|EVALUATES_ON|REPORTS|ADDRESSES|HAS_CODE|LINKS_TO]-() ON EACH [link.sentence] OPTIONS {indexConfig: {`fulltext.eventually_consistent`: true}};
