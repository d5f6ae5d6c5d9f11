-- Dossiers and everything that is kept with them. Times are milliseconds since 1970 in UTC, hashes are raw bytes.
-- Keys of tables are sequential row numbers: random keys write several times more to the log.

-- Every form and procedure ever offered, for ever: a dossier is shown with the texts it answered.
-- What a filing says of its forms is in its JSON; that each text is here is checked when it is kept.
CREATE TABLE texts (
    fingerprint TEXT PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('form', 'procedure')),
    text        TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER texts_are_never_changed BEFORE UPDATE ON texts
BEGIN SELECT RAISE (ABORT, 'texts are never changed'); END;
CREATE TRIGGER texts_are_never_deleted BEFORE DELETE ON texts
BEGIN SELECT RAISE (ABORT, 'texts are never deleted'); END;

CREATE TABLE dossiers (
    id          INTEGER PRIMARY KEY,
    uid         BLOB NOT NULL CHECK (length(uid) = 16),
    code_hash   BLOB NOT NULL UNIQUE CHECK (length(code_hash) = 32),
    state       INTEGER NOT NULL CHECK (state BETWEEN 1 AND 10),
    sent_at     INTEGER NOT NULL,
    procedure   TEXT NOT NULL,
    fingerprint TEXT NOT NULL REFERENCES texts (fingerprint),
    agency      TEXT NOT NULL,
    filing      TEXT NOT NULL
) STRICT;

CREATE TABLE events (
    dossier  INTEGER NOT NULL REFERENCES dossiers (id),
    position INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    PRIMARY KEY (dossier, position)
) STRICT, WITHOUT ROWID;

-- One answer for each idempotency key, given again byte by byte.
CREATE TABLE answers (
    id        INTEGER PRIMARY KEY,
    key       BLOB NOT NULL UNIQUE CHECK (length(key) = 16),
    body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),
    answer    BLOB NOT NULL,
    dossier   INTEGER NOT NULL REFERENCES dossiers (id),
    at        INTEGER NOT NULL
) STRICT;

-- Papers by the draft they were sent up with; the bytes are files named by their hash.
-- Nobody is told whether the same bytes came with another draft.
CREATE TABLE papers (
    id       INTEGER PRIMARY KEY,
    draft    BLOB NOT NULL CHECK (length(draft) = 16),
    sha256   BLOB NOT NULL CHECK (length(sha256) = 32),
    kind     TEXT NOT NULL,
    bytes    INTEGER NOT NULL,
    sent_at  INTEGER NOT NULL,
    dossier  INTEGER REFERENCES dossiers (id),
    UNIQUE (draft, sha256)
) STRICT;
CREATE INDEX papers_by_hash ON papers (sha256);
CREATE INDEX papers_unclaimed ON papers (sent_at) WHERE dossier IS NULL;

-- Each row's hash covers the row and the hash before it, so that no row can be changed, taken out or put in unseen.
CREATE TABLE audit (
    id      INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    act     TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail  TEXT NOT NULL,
    hash    BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE (ABORT, 'audit rows are never changed'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE (ABORT, 'audit rows are never deleted'); END;
