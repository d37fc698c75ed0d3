pytest_plugins = ["fixtures_neo4j"]
