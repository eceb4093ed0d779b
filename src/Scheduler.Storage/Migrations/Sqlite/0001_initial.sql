-- Times are microseconds since 1970-01-01 UTC. Nothing in these tables is ever updated but the revocation of a key.

CREATE TABLE documents (
    hash    TEXT NOT NULL PRIMARY KEY, -- SHA-256 of the content, hexadecimal
    content BLOB NOT NULL
);

CREATE TABLE revisions (
    number       INTEGER NOT NULL PRIMARY KEY,
    at_us        INTEGER NOT NULL,
    author       TEXT NOT NULL,
    reason       TEXT NOT NULL,
    kind         INTEGER NOT NULL,
    request_key  TEXT UNIQUE,
    request_hash TEXT,
    CHECK ((request_key IS NULL) = (request_hash IS NULL))
);

CREATE TABLE revision_documents (
    revision INTEGER NOT NULL REFERENCES revisions (number),
    name     TEXT NOT NULL,
    hash     TEXT NOT NULL REFERENCES documents (hash),
    PRIMARY KEY (revision, name)
) WITHOUT ROWID;

CREATE TABLE numbers (
    kind   INTEGER NOT NULL,
    name   TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (kind, name),
    UNIQUE (kind, number)
) WITHOUT ROWID;

CREATE TABLE api_keys (
    sequence      INTEGER NOT NULL PRIMARY KEY, -- the order of making, whatever the clock does
    id            TEXT NOT NULL UNIQUE,
    kind          INTEGER NOT NULL,
    name          TEXT NOT NULL,
    sites         TEXT NOT NULL, -- ids, separated by spaces
    hash          BLOB NOT NULL, -- SHA-256 of the key
    created_at_us INTEGER NOT NULL,
    created_by    TEXT NOT NULL,
    revoked_at_us INTEGER,
    revoked_by    TEXT,
    request_key   TEXT UNIQUE,
    request_hash  TEXT,
    CHECK ((revoked_at_us IS NULL) = (revoked_by IS NULL)),
    CHECK ((request_key IS NULL) = (request_hash IS NULL))
);

CREATE UNIQUE INDEX api_keys_holding_name ON api_keys (name) WHERE revoked_at_us IS NULL;

CREATE TABLE master_secrets (
    id            INTEGER NOT NULL PRIMARY KEY CHECK (id BETWEEN 1 AND 255),
    secret        BLOB NOT NULL,
    created_at_us INTEGER NOT NULL
);
