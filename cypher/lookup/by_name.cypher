// What is called so in any case; of several what most papers name. LABEL stands for the labels.
// $name: a name or alias
MATCH (x:LABEL)
WHERE toLower(x.name) = toLower($name)
   OR any(alias IN x.aliases WHERE toLower(alias) = toLower($name))
RETURN x.id AS id
ORDER BY coalesce(x.papers, 0) DESC, id
LIMIT 1
