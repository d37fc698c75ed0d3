// What is called so in any case; of several what most papers name. LABEL stands for the labels.
// $name: a name, alias, title, URL, or a repository's owner/name
MATCH (x:LABEL)
WHERE any(name IN coalesce(x.aliases, []) + [x.name, x.title, x.url, x.owner + '/' + x.name]
          WHERE toLower(name) = toLower($name))
RETURN x.id AS id
ORDER BY coalesce(x.papers, 0) DESC, id
LIMIT 1
