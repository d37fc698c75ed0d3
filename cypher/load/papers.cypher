// Writes papers with all properties, and says what was written with each before; a paper that is written is
// locked, so nobody else writes it meanwhile.
// $id, $title, ...: columns of equal length; $graph: the graph that they belong to
UNWIND range(0, size($id) - 1) AS i
MERGE (node:Paper:Kg {id: $id[i]})
SET node.title = $title[i], node.abstract = $abstract[i], node.published = $published[i],
    node.url = $url[i], node.authors = $authors[i], node.source = $source[i],
    node.kg_digest = $digest[i], node.kg_graph = $graph
RETURN node.id AS id, coalesce(node.kg_links, 0) AS links, EXISTS { (node)-->() } AS is_known
