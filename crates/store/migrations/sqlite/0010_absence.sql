-- Units with dates, officers who act for others, and what an office finds its dossiers by. Times are milliseconds since 1970
-- in UTC, days are their number since 1970 in Việt Nam.

-- The agencies as of which the open dossiers stand in their queues.
CREATE TABLE placed_by (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    agencies TEXT NOT NULL
) STRICT;

-- Who acts for whom, from which day to which. It counts only while both are enabled and in the unit of the row.
CREATE TABLE delegations (
    id           INTEGER PRIMARY KEY,
    uid          BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    -- The idempotency key it was made under, and what was asked.
    key          BLOB NOT NULL UNIQUE CHECK (length(key) = 16),
    body_hash    BLOB NOT NULL CHECK (length(body_hash) = 32),
    officer      INTEGER NOT NULL REFERENCES officers (id),
    delegate     INTEGER NOT NULL REFERENCES officers (id),
    unit         TEXT NOT NULL,
    first_day    INTEGER NOT NULL,
    last_day     INTEGER NOT NULL,
    withdrawn_at INTEGER,
    CHECK (officer <> delegate AND first_day <= last_day)
) STRICT;
CREATE INDEX delegations_by_delegate ON delegations (delegate, last_day) WHERE withdrawn_at IS NULL;
CREATE INDEX delegations_by_officer ON delegations (officer, last_day) WHERE withdrawn_at IS NULL;
CREATE INDEX delegations_by_unit ON delegations (unit, last_day) WHERE withdrawn_at IS NULL;

-- In whose place the officer of an event acted.
ALTER TABLE events ADD COLUMN on_behalf BLOB;

-- From when on a dossier on which nobody acts is stuck.
ALTER TABLE dossiers ADD COLUMN stuck_at INTEGER;
CREATE INDEX dossiers_stuck ON dossiers (unit, stuck_at, id) WHERE role IS NOT NULL AND stands = 0;

-- The words of name and number of each dossier, without marks, and the codes of the units that may see it.
CREATE VIRTUAL TABLE dossier_search USING fts5 (units, words, prefix = '2 3', detail = column, tokenize = 'ascii');
