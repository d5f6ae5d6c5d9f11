-- When a dossier was taken into an account by code and digits; NULL when it was sent by the account itself. Code and digits open
-- the result and never the papers that were sent, so that having claimed a dossier must not open them either.
ALTER TABLE dossiers ADD COLUMN claimed_at INTEGER;

-- Papers that a citizen put into their account by themselves; the bytes are files named by their hash, as those of `papers`.
CREATE TABLE citizen_papers (
    citizen INTEGER NOT NULL REFERENCES citizens (id) ON DELETE CASCADE,
    sha256  BLOB NOT NULL CHECK (length(sha256) = 32),
    kind    TEXT NOT NULL,
    bytes   INTEGER NOT NULL,
    pages   INTEGER,
    -- As the citizen calls it.
    name    TEXT NOT NULL,
    kept_at INTEGER NOT NULL,
    PRIMARY KEY (citizen, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX citizen_papers_by_hash ON citizen_papers (sha256);

-- Papers of an account's dossiers that the citizen does not want to see in the account; with the office they stay.
CREATE TABLE citizen_papers_left_out (
    citizen INTEGER NOT NULL REFERENCES citizens (id) ON DELETE CASCADE,
    sha256  BLOB NOT NULL CHECK (length(sha256) = 32),
    at      INTEGER NOT NULL,
    PRIMARY KEY (citizen, sha256)
) STRICT, WITHOUT ROWID;
