// The titles of papers that share most of some short pieces with a text and start or end alike.
// $parts: the start and the stop of the text; $pieces: all of its pieces; both in lower case
MATCH (x:Paper)
WHERE toLower(x.title) CONTAINS $parts[0] OR toLower(x.title) CONTAINS $parts[1]
RETURN x.id AS id, 'Paper' AS kind, x.title AS name, [x.title] AS names, 0 AS papers,
       size([piece IN $pieces WHERE toLower(x.title) CONTAINS piece]) AS shared
ORDER BY shared DESC, id
LIMIT 100
