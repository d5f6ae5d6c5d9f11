-- Public posting. Times are milliseconds since 1970 in UTC, hashes and ids raw bytes.

-- A list as it was published. What the public saw is kept as it was; nothing in it but names and places.
CREATE TABLE postings (
    id        INTEGER PRIMARY KEY,
    -- Its name in addresses, of chance alone.
    uid       BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    -- Published once for each idempotency key.
    key       BLOB NOT NULL UNIQUE CHECK (length(key) = 16),
    body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),
    agency    TEXT NOT NULL,
    procedure TEXT NOT NULL,
    title     TEXT NOT NULL,
    officer   BLOB NOT NULL,
    made_at   INTEGER NOT NULL,
    -- The last moment at which anybody is shown it.
    not_after INTEGER NOT NULL,
    CHECK (not_after > made_at)
) STRICT;
CREATE INDEX postings_by_end ON postings (not_after);

CREATE TABLE posting_lines (
    posting INTEGER NOT NULL REFERENCES postings (id),
    line    INTEGER NOT NULL CHECK (line > 0),
    dossier INTEGER NOT NULL REFERENCES dossiers (id),
    name    TEXT NOT NULL,
    place   TEXT NOT NULL,
    PRIMARY KEY (posting, line),
    UNIQUE (posting, dossier)
) STRICT, WITHOUT ROWID;
CREATE INDEX posting_lines_by_dossier ON posting_lines (dossier);

-- Whether an objection waits to be re-checked: such dossiers stand first in the queue of whoever re-checks.
ALTER TABLE dossiers ADD COLUMN objected INTEGER NOT NULL DEFAULT 0;
CREATE INDEX dossiers_objected ON dossiers (unit, role, stage_due_at, id) WHERE objected = 1;
