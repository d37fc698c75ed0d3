// Gives nodes the empty lists that an import from files leaves out, some thousand at once.
MATCH (node:Paper:Kg) WHERE node.authors IS NULL
CALL (node) { SET node.authors = [] } IN TRANSACTIONS OF 10000 ROWS;
MATCH (node:Method|Dataset|Metric|Task) WHERE node:Kg AND node.aliases IS NULL
CALL (node) { SET node.aliases = [] } IN TRANSACTIONS OF 10000 ROWS;
MATCH (node:Method|Dataset|Metric|Task) WHERE node:Kg AND node.external_ids IS NULL
CALL (node) { SET node.external_ids = [] } IN TRANSACTIONS OF 10000 ROWS;
