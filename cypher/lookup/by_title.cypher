// The paper with a title, in any case; of several the first.
// $name: a title
MATCH (x:Paper)
WHERE toLower(x.title) = toLower($name) OR toLower(x.url) = toLower($name)
RETURN x.id AS id
ORDER BY id
LIMIT 1
