// What shares most of some short pieces with a name or alias; LABEL stands for the labels.
// $pieces: in lower case
MATCH (x:LABEL)
WITH x, coalesce(x.aliases, []) + [name IN [x.name, x.title] WHERE name IS NOT NULL] AS names
WITH x, names, toLower(reduce(whole = '', name IN names | whole + ' ' + name)) AS text
WITH x, names, size([piece IN $pieces WHERE text CONTAINS piece]) AS shared
WHERE shared > 0
RETURN x.id AS id, head([label IN labels(x) WHERE label <> 'Kg']) AS kind,
       coalesce(x.name, x.title) AS name, names, coalesce(x.papers, 0) AS papers
ORDER BY shared DESC, papers DESC, id
LIMIT 100
