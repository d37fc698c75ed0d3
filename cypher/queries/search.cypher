// What has a text in its name or an alias, doubted terms too; whole names first, then by papers.
// $text: text, a part of a name, in any case
// $limit: integer = 20, at most so many rows
// columns: kind, name, id, papers, salient
CALL () {
  MATCH (x:Method|Dataset|Metric|Task)
  WHERE toLower(x.name) CONTAINS toLower($text)
     OR any(alias IN coalesce(x.aliases, []) WHERE toLower(alias) CONTAINS toLower($text))
  RETURN x, toLower(x.name) = toLower($text)
            OR any(alias IN coalesce(x.aliases, []) WHERE toLower(alias) = toLower($text)) AS is_whole,
         coalesce(x.papers, 1) AS papers
  ORDER BY is_whole DESC, papers DESC, x.id
  LIMIT $limit
  UNION ALL
  MATCH (x:Repository)
  WHERE toLower(x.owner + '/' + x.name) CONTAINS toLower($text)
  RETURN x, toLower($text) IN [toLower(x.name), toLower(x.owner + '/' + x.name)] AS is_whole,
         1 AS papers
  ORDER BY is_whole DESC, x.id
  LIMIT $limit
  UNION ALL
  MATCH (x:Paper)
  WHERE toLower(x.title) CONTAINS toLower($text)
  RETURN x, toLower(x.title) = toLower($text) AS is_whole, 1 AS papers
  ORDER BY is_whole DESC, x.id
  LIMIT $limit
}
RETURN head([label IN labels(x) WHERE label <> 'Kg']) AS kind, coalesce(x.name, x.title) AS name,
       x.id AS id, papers, coalesce(x.salient, true) AS salient
ORDER BY is_whole DESC, papers DESC, id
LIMIT $limit
