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
