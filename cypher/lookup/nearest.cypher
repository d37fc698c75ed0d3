// What shares most of some short pieces with a name or alias that starts or ends alike; LABEL stands for
// the labels.
// $parts: the start and the stop of a name; $pieces: all of its pieces; both in lower case
MATCH (x:LABEL)
WHERE toLower(x.name) CONTAINS $parts[0] OR toLower(x.name) CONTAINS $parts[1]
   OR any(alias IN x.aliases
          WHERE toLower(alias) CONTAINS $parts[0] OR toLower(alias) CONTAINS $parts[1])
RETURN x.id AS id, head([label IN labels(x) WHERE label <> 'Kg']) AS kind, x.name AS name,
       coalesce(x.aliases, []) + [x.name] AS names, coalesce(x.papers, 0) AS papers,
       head([whole IN [toLower(reduce(joined = x.name, alias IN coalesce(x.aliases, []) | joined + ' ' + alias))]
             | size([piece IN $pieces WHERE whole CONTAINS piece])]) AS shared
ORDER BY shared DESC, papers DESC, id
LIMIT 100
