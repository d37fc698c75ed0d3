pytest_plugins = ["fixtures_neo4j", "fixtures_browser"]
