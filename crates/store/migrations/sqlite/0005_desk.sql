-- Officers and the work on dossiers. Times are milliseconds since 1970 in UTC, hashes and ids raw bytes.

CREATE TABLE officers (
    id            INTEGER PRIMARY KEY,
    uid           BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    name          TEXT NOT NULL,
    phone         TEXT NOT NULL UNIQUE,
    unit          TEXT NOT NULL,
    enabled       INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    -- argon2id of the password; nothing before the first sign-in.
    password_salt BLOB CHECK (length(password_salt) = 16),
    password_hash BLOB CHECK (length(password_hash) = 32),
    -- The authenticator's secret, and the last of its steps that was used.
    secret        BLOB NOT NULL CHECK (length(secret) = 20),
    last_step     INTEGER NOT NULL,
    made_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX officers_by_unit ON officers (unit);

CREATE TABLE officer_roles (
    officer INTEGER NOT NULL REFERENCES officers (id),
    role    TEXT NOT NULL,
    PRIMARY KEY (officer, role)
) STRICT, WITHOUT ROWID;

-- Links by which officers sign in for the first time; only the hash of what they carry is kept.
CREATE TABLE first_links (
    id         INTEGER PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    officer    INTEGER NOT NULL REFERENCES officers (id),
    until      INTEGER NOT NULL
) STRICT;
CREATE INDEX first_links_by_officer ON first_links (officer);

CREATE TABLE sessions (
    id         INTEGER PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    officer    INTEGER NOT NULL REFERENCES officers (id),
    began_at   INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_officer ON sessions (officer);
CREATE INDEX sessions_by_age ON sessions (seen_at);

-- Mã hồ sơ: the running number of each unit and day only ever grows, so none is given twice.
CREATE TABLE numbers (
    unit TEXT NOT NULL,
    day  INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (unit, day)
) STRICT, WITHOUT ROWID;

ALTER TABLE dossiers ADD COLUMN number TEXT;
-- Where it stands in the queues, as its events say it: which role of which unit acts, who has taken it, when the stage
-- and the whole are due, whether the clock stands. `due_at` is empty only until the server has placed it.
ALTER TABLE dossiers ADD COLUMN person TEXT NOT NULL DEFAULT '';
ALTER TABLE dossiers ADD COLUMN stage INTEGER NOT NULL DEFAULT 0;
ALTER TABLE dossiers ADD COLUMN unit TEXT;
ALTER TABLE dossiers ADD COLUMN role TEXT;
ALTER TABLE dossiers ADD COLUMN holder BLOB;
ALTER TABLE dossiers ADD COLUMN stage_due_at INTEGER;
ALTER TABLE dossiers ADD COLUMN due_at INTEGER;
ALTER TABLE dossiers ADD COLUMN stands INTEGER NOT NULL DEFAULT 0;
-- What the figures are summed from: when it was received, when it ended, and whether that was late.
ALTER TABLE dossiers ADD COLUMN received_at INTEGER;
ALTER TABLE dossiers ADD COLUMN ended_at INTEGER;
ALTER TABLE dossiers ADD COLUMN ended_late INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX dossiers_by_uid ON dossiers (uid);
CREATE UNIQUE INDEX dossiers_by_number ON dossiers (number) WHERE number IS NOT NULL;
-- A queue reads one of these from its first row on, however many dossiers there are. Holder and procedure stand in it so that
-- counting looks at nothing else.
CREATE INDEX dossiers_waiting ON dossiers (unit, role, stage_due_at, id, holder, procedure) WHERE role IS NOT NULL AND stands = 0;
CREATE INDEX dossiers_standing ON dossiers (unit, stage_due_at, id) WHERE role IS NOT NULL AND stands = 1;
CREATE INDEX dossiers_held ON dossiers (holder, stage_due_at, id) WHERE holder IS NOT NULL;
CREATE INDEX dossiers_figures ON dossiers (agency, received_at, ended_at) WHERE received_at IS NOT NULL;
CREATE INDEX dossiers_unplaced ON dossiers (id) WHERE due_at IS NULL;

CREATE INDEX papers_by_dossier ON papers (dossier) WHERE dossier IS NOT NULL;

-- Who did it, and what belongs to it as JSON.
ALTER TABLE events ADD COLUMN officer BLOB;
ALTER TABLE events ADD COLUMN detail TEXT;

-- What a citizen had filed before each supplement: the newest stands with the dossier.
CREATE TABLE earlier_filings (
    dossier INTEGER NOT NULL REFERENCES dossiers (id),
    version INTEGER NOT NULL,
    filing  TEXT NOT NULL,
    PRIMARY KEY (dossier, version)
) STRICT, WITHOUT ROWID;

-- One act for each idempotency key.
CREATE TABLE act_keys (
    id        INTEGER PRIMARY KEY,
    key       BLOB NOT NULL UNIQUE CHECK (length(key) = 16),
    body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),
    dossier   INTEGER NOT NULL REFERENCES dossiers (id)
) STRICT;
