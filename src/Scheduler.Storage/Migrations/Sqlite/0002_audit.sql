-- Who called the admin API for what. Rows are never changed; those that are older than the retention are deleted.

CREATE TABLE audit (
    number    INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, -- never given again, also after the newest row was deleted
    at_us     INTEGER NOT NULL,
    key_id    TEXT NOT NULL,
    caller    TEXT NOT NULL,
    role      TEXT,
    operation TEXT NOT NULL,
    target    TEXT,
    status    INTEGER NOT NULL,
    revision  INTEGER,
    reason    TEXT,
    calls     INTEGER NOT NULL CHECK (calls >= 1)
);

CREATE INDEX audit_at ON audit (at_us);
CREATE INDEX audit_caller ON audit (caller, number);
CREATE INDEX audit_key ON audit (key_id, number);
CREATE INDEX audit_target ON audit (target, number) WHERE target IS NOT NULL;
CREATE INDEX audit_revision ON audit (revision) WHERE revision IS NOT NULL;
