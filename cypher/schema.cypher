// One node an id, so that loading twice changes nothing. Each statement ends in a semicolon.
CREATE CONSTRAINT kg_paper_id IF NOT EXISTS FOR (node:Paper) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT kg_method_id IF NOT EXISTS FOR (node:Method) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT kg_dataset_id IF NOT EXISTS FOR (node:Dataset) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT kg_metric_id IF NOT EXISTS FOR (node:Metric) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT kg_task_id IF NOT EXISTS FOR (node:Task) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT kg_repository_id IF NOT EXISTS FOR (node:Repository) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT kg_result_id IF NOT EXISTS FOR (node:Result) REQUIRE node.id IS UNIQUE;
