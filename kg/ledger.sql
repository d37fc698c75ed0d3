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
    key TEXT NOT NULL,          -- (kind, key) is the entity
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

-- ... and what follows from it, decided for the keys that a change touched.
CREATE TABLE IF NOT EXISTS touched (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS entities (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    aliases TEXT NOT NULL,      -- JSON list
    papers INTEGER NOT NULL,
    salient INTEGER NOT NULL,
    resolver TEXT NOT NULL,     -- digest of the code that decided it
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;
