"""Where the graph is asked: the embedded snapshot or Neo4j, behind one small protocol."""
