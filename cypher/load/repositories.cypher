// Writes repositories with all properties.
// $id, $url, ...: columns of equal length
UNWIND range(0, size($id) - 1) AS i
MERGE (node:Repository:Kg {id: $id[i]})
SET node.url = $url[i], node.host = $host[i], node.owner = $owner[i], node.name = $name[i],
    node.kg_digest = $digest[i]
