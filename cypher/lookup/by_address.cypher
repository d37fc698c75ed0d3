// The repository with an address or owner, in any case; of several the first.
// $name: a URL, or owner/name
MATCH (x:Repository)
WHERE toLower(x.url) = toLower($name) OR toLower(x.owner + '/' + x.name) = toLower($name)
RETURN x.id AS id
ORDER BY id
LIMIT 1
