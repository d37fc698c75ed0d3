// What has a text in its name or an alias, doubted terms too; whole names first, then by papers.
// $text: text, a part of a name, in any case
// $limit: integer = 20, at most so many rows
// columns: kind, name, id, papers, salient
MATCH (x:Paper|Method|Dataset|Metric|Task|Repository)
WHERE toLower(coalesce(x.name, x.title)) CONTAINS toLower($text)
   OR toLower(x.owner + '/' + x.name) CONTAINS toLower($text)
   OR any(alias IN x.aliases WHERE toLower(alias) CONTAINS toLower($text))
WITH x, any(name IN [x.name, x.title, x.owner + '/' + x.name] + coalesce(x.aliases, [])
            WHERE toLower(name) = toLower($text)) AS is_whole
RETURN head([label IN labels(x) WHERE label <> 'Kg']) AS kind, coalesce(x.name, x.title) AS name,
       x.id AS id, coalesce(x.papers, 1) AS papers, coalesce(x.salient, true) AS salient
ORDER BY coalesce(is_whole, false) DESC, papers DESC, id
LIMIT $limit
