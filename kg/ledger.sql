-- What was extracted, a paper in one transaction ...
CREATE TABLE IF NOT EXISTS papers (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    abstract TEXT NOT NULL,
    published TEXT NOT NULL,
    url TEXT NOT NULL,
    authors TEXT NOT NULL,      -- JSON list
    categories TEXT NOT NULL,   -- JSON list
    source TEXT NOT NULL,
    text_digest TEXT NOT NULL,
    extractor TEXT NOT NULL     -- digest of the extractor that read it
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS terms (
    paper TEXT NOT NULL REFERENCES papers ON DELETE CASCADE,
    term INTEGER NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,          -- of the name that this paper uses; `moves` says where it leads
    short TEXT NOT NULL,        -- key of the acronym that stands beside it, or ""
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    salient INTEGER NOT NULL,
    evidence INTEGER NOT NULL,
    PRIMARY KEY (paper, term)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS terms_by_key ON terms (kind, key, role);

CREATE TABLE IF NOT EXISTS mentions (
    paper TEXT NOT NULL,
    term INTEGER NOT NULL,
    mention INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    text TEXT NOT NULL,
    confidence REAL NOT NULL,
    PRIMARY KEY (paper, term, mention),
    FOREIGN KEY (paper, term) REFERENCES terms ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS results (
    paper TEXT NOT NULL REFERENCES papers ON DELETE CASCADE,
    result INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    text TEXT NOT NULL,
    number REAL NOT NULL,
    unit TEXT NOT NULL,
    form TEXT NOT NULL,
    confidence REAL NOT NULL,
    method INTEGER,             -- the cells: terms of the paper
    dataset INTEGER,
    metric INTEGER,
    baseline INTEGER,
    PRIMARY KEY (paper, result)
) WITHOUT ROWID;

-- ... what the papers add up to, counted in the same transaction ...
CREATE TABLE IF NOT EXISTS counts (
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    papers INTEGER NOT NULL,
    salient INTEGER NOT NULL,   -- how many of them find it so
    PRIMARY KEY (key, kind)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS roles (
    kind TEXT NOT NULL,
    role TEXT NOT NULL,
    papers INTEGER NOT NULL,    -- each as often as it gives a key of the kind this role
    PRIMARY KEY (kind, role)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS spellings (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    text TEXT NOT NULL,
    papers INTEGER NOT NULL,    -- that write it so
    given INTEGER NOT NULL,     -- in which the user's list calls it so
    PRIMARY KEY (kind, key, text)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS expansions (
    short TEXT NOT NULL,        -- key of an acronym
    key TEXT NOT NULL,          -- of what it stands for
    papers INTEGER NOT NULL,    -- that say so
    PRIMARY KEY (short, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS expansions_by_key ON expansions (key);

-- ... what the user says of it: the files beside the ledger, as they were last read ...
CREATE TABLE IF NOT EXISTS corrections (
    line INTEGER PRIMARY KEY,
    correction TEXT NOT NULL,
    entity TEXT NOT NULL,       -- an id
    value TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS external_ids (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    id TEXT NOT NULL,           -- "wikidata:Q28778629"
    PRIMARY KEY (kind, key, id)
) WITHOUT ROWID;

-- ... and what follows from all that, decided for the keys that a change touched.
CREATE TABLE IF NOT EXISTS touched (key TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS moves (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    to_kind TEXT NOT NULL,      -- the entity that the key leads to, where it is not its own
    to_key TEXT NOT NULL,       -- "": blocked, no entity
    reason TEXT NOT NULL,
    PRIMARY KEY (key, kind)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS moves_by_entity ON moves (to_kind, to_key);

CREATE TABLE IF NOT EXISTS entities (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    aliases TEXT NOT NULL,      -- JSON list
    papers INTEGER NOT NULL,
    salient INTEGER NOT NULL,
    ambiguous INTEGER NOT NULL, -- an acronym for which papers give no one meaning
    PRIMARY KEY (key, kind)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS settled (
    resolver TEXT NOT NULL,     -- digest of the code that decided all this ...
    files TEXT NOT NULL         -- ... and of the tables of the curator; one row
);

-- Which graph this is, wherever its folder is moved: a store that holds another one says so.
CREATE TABLE IF NOT EXISTS identity (graph TEXT NOT NULL);
INSERT INTO identity SELECT lower(hex(randomblob(8))) WHERE NOT EXISTS (SELECT 1 FROM identity);

-- Digests of nodes as a store that lasts holds them (kg/digests/), worked out when one is
-- loaded; `stale` notes meanwhile what changes.
CREATE TABLE IF NOT EXISTS digests (
    label TEXT NOT NULL,
    id TEXT NOT NULL,
    owner TEXT NOT NULL,        -- the paper of a result, else the node itself
    node INTEGER NOT NULL,      -- of its properties
    links INTEGER NOT NULL,     -- of the relationships and results that are written with it
    edges INTEGER NOT NULL,     -- how many relationships these are
    PRIMARY KEY (label, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS results_by_paper ON digests (owner) WHERE label = 'Result';

CREATE TABLE IF NOT EXISTS pages (
    label TEXT NOT NULL,
    first TEXT NOT NULL,        -- the nodes from this id to the next page, and their sums
    nodes INTEGER NOT NULL,
    node INTEGER NOT NULL,
    links INTEGER NOT NULL,
    edges INTEGER NOT NULL,
    PRIMARY KEY (label, first)
) WITHOUT ROWID;

CREATE TRIGGER IF NOT EXISTS digest_removed AFTER DELETE ON digests BEGIN
    UPDATE pages
    SET nodes = nodes - 1, node = node - old.node, links = links - old.links,
        edges = edges - old.edges
    WHERE label = old.label
    AND first = (SELECT MAX(first) FROM pages WHERE label = old.label AND first <= old.id);
END;

CREATE TABLE IF NOT EXISTS digested (maker TEXT NOT NULL); -- digest of the code that made them

CREATE TABLE IF NOT EXISTS stale (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, -- a later change has a higher number
    label TEXT NOT NULL,
    key TEXT NOT NULL,          -- of an entity, or the id of a paper
    UNIQUE (label, key)
);

CREATE TRIGGER IF NOT EXISTS paper_written AFTER INSERT ON papers BEGIN
    DELETE FROM stale WHERE (label, key) = ('Paper', new.id);
    INSERT INTO stale (label, key) VALUES ('Paper', new.id);
END;
CREATE TRIGGER IF NOT EXISTS paper_changed AFTER UPDATE ON papers BEGIN
    DELETE FROM stale WHERE (label, key) = ('Paper', new.id);
    INSERT INTO stale (label, key) VALUES ('Paper', new.id);
END;
CREATE TRIGGER IF NOT EXISTS paper_removed AFTER DELETE ON papers BEGIN
    DELETE FROM stale WHERE (label, key) = ('Paper', old.id);
    DELETE FROM digests WHERE (label, id) = ('Paper', old.id);
    DELETE FROM digests WHERE label = 'Result' AND owner = old.id;
END;
CREATE TRIGGER IF NOT EXISTS entity_written AFTER INSERT ON entities BEGIN
    DELETE FROM stale WHERE (label, key) = (new.kind, new.key);
    INSERT INTO stale (label, key) VALUES (new.kind, new.key);
END;
CREATE TRIGGER IF NOT EXISTS entity_changed AFTER UPDATE ON entities BEGIN
    DELETE FROM stale WHERE (label, key) = (new.kind, new.key);
    INSERT INTO stale (label, key) VALUES (new.kind, new.key);
END;
CREATE TRIGGER IF NOT EXISTS entity_removed AFTER DELETE ON entities BEGIN
    DELETE FROM stale WHERE (label, key) = (old.kind, old.key);
    DELETE FROM digests WHERE (label, id) = (old.kind, lower(old.kind) || ':' || old.key);
END;
CREATE TRIGGER IF NOT EXISTS key_moved AFTER INSERT ON moves BEGIN
    DELETE FROM stale WHERE label = 'Paper'
    AND key IN (SELECT paper FROM terms WHERE (kind, key) = (new.kind, new.key));
    INSERT INTO stale (label, key)
    SELECT DISTINCT 'Paper', paper FROM terms WHERE (kind, key) = (new.kind, new.key);
    DELETE FROM stale
    WHERE (label, key) IN (VALUES (new.kind, new.key), (new.to_kind, new.to_key));
    INSERT INTO stale (label, key) VALUES (new.kind, new.key);
    INSERT INTO stale (label, key)
    SELECT new.to_kind, new.to_key WHERE (new.kind, new.key) <> (new.to_kind, new.to_key);
END;
CREATE TRIGGER IF NOT EXISTS key_back AFTER DELETE ON moves BEGIN
    DELETE FROM stale WHERE label = 'Paper'
    AND key IN (SELECT paper FROM terms WHERE (kind, key) = (old.kind, old.key));
    INSERT INTO stale (label, key)
    SELECT DISTINCT 'Paper', paper FROM terms WHERE (kind, key) = (old.kind, old.key);
    DELETE FROM stale
    WHERE (label, key) IN (VALUES (old.kind, old.key), (old.to_kind, old.to_key));
    INSERT INTO stale (label, key) VALUES (old.kind, old.key);
    INSERT INTO stale (label, key)
    SELECT old.to_kind, old.to_key WHERE (old.kind, old.key) <> (old.to_kind, old.to_key);
END;
CREATE TRIGGER IF NOT EXISTS external_id_given AFTER INSERT ON external_ids BEGIN
    DELETE FROM stale WHERE (label, key) = (new.kind, new.key);
    INSERT INTO stale (label, key) VALUES (new.kind, new.key);
    DELETE FROM stale WHERE (label, key) IN
    (SELECT to_kind, to_key FROM moves WHERE (kind, key) = (new.kind, new.key));
    INSERT INTO stale (label, key)
    SELECT to_kind, to_key FROM moves WHERE (kind, key) = (new.kind, new.key);
END;
CREATE TRIGGER IF NOT EXISTS external_id_taken AFTER DELETE ON external_ids BEGIN
    DELETE FROM stale WHERE (label, key) = (old.kind, old.key);
    INSERT INTO stale (label, key) VALUES (old.kind, old.key);
    DELETE FROM stale WHERE (label, key) IN
    (SELECT to_kind, to_key FROM moves WHERE (kind, key) = (old.kind, old.key));
    INSERT INTO stale (label, key)
    SELECT to_kind, to_key FROM moves WHERE (kind, key) = (old.kind, old.key);
END;
