// Whether there is any node that kg wrote.
MATCH (node:Kg)
RETURN 1 AS found
LIMIT 1
