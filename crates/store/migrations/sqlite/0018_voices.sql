-- What citizens say of the office: petitions and feedback, and how satisfied they were. Times are milliseconds since 1970 in UTC.
CREATE TABLE petitions (
    id            INTEGER PRIMARY KEY,
    uid           BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    -- The key under which it was sent once, and what was sent.
    key           BLOB NOT NULL UNIQUE CHECK (length(key) = 16),
    body_hash     BLOB NOT NULL CHECK (length(body_hash) = 32),
    code_hash     BLOB NOT NULL UNIQUE CHECK (length(code_hash) = 32),
    -- The account it was sent from, where there was one.
    citizen       BLOB CHECK (length(citizen) = 16),
    sent_at       INTEGER NOT NULL,
    -- The unit that got it first.
    sent_to       TEXT NOT NULL,
    field         TEXT NOT NULL,
    -- The JSON of `petition::Petition`: what its citizen wrote. No public page reads this table.
    petition      TEXT NOT NULL,
    -- Where it stands, told from its events.
    unit          TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('sent', 'received', 'answered', 'refused')),
    holder        BLOB CHECK (length(holder) = 16),
    due_at        INTEGER NOT NULL,
    answer_due_at INTEGER NOT NULL,
    ended_at      INTEGER,
    ended_late    INTEGER NOT NULL DEFAULT 0 CHECK (ended_late IN (0, 1))
) STRICT;
CREATE INDEX petitions_of_unit ON petitions (unit, ended_at, due_at);
CREATE INDEX petitions_of_citizen ON petitions (citizen) WHERE citizen IS NOT NULL;

-- What happened to each: the JSON of `petition::EventKind`.
CREATE TABLE petition_events (
    petition INTEGER NOT NULL REFERENCES petitions (id),
    position INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    by       BLOB CHECK (length(by) = 16),
    kind     TEXT NOT NULL,
    PRIMARY KEY (petition, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE petition_act_keys (
    key       BLOB PRIMARY KEY CHECK (length(key) = 16),
    body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),
    petition  INTEGER NOT NULL REFERENCES petitions (id)
) STRICT, WITHOUT ROWID;

-- What an officer wrote for the public. What is taken down goes from here; that it was there stays among the events.
CREATE TABLE published_petitions (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Its name in addresses, which is not the petition's.
    uid          BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    petition     INTEGER NOT NULL UNIQUE REFERENCES petitions (id),
    unit         TEXT NOT NULL,
    field        TEXT NOT NULL,
    title        TEXT NOT NULL,
    question     TEXT NOT NULL,
    answer       TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    -- All of it without marks, to be found by.
    folded       TEXT NOT NULL
) STRICT;
CREATE INDEX published_petitions_of_unit ON published_petitions (unit, id);

-- Photographs come as papers do, and belong to a petition in place of a dossier.
ALTER TABLE papers ADD COLUMN petition INTEGER REFERENCES petitions (id);
CREATE INDEX papers_of_petition ON papers (petition) WHERE petition IS NOT NULL;

CREATE TRIGGER petitions_are_never_changed BEFORE UPDATE OF uid, key, body_hash, code_hash, sent_at, sent_to, field, petition ON petitions
BEGIN SELECT RAISE (ABORT, 'what was sent is never changed'); END;
CREATE TRIGGER petition_events_are_never_changed BEFORE UPDATE ON petition_events
BEGIN SELECT RAISE (ABORT, 'events are never changed'); END;
CREATE TRIGGER petition_events_are_never_deleted BEFORE DELETE ON petition_events
BEGIN SELECT RAISE (ABORT, 'events are never deleted'); END;

-- How satisfied somebody was with how their dossier was handled. No statement for officers names the dossier.
CREATE TABLE ratings (
    dossier  INTEGER PRIMARY KEY REFERENCES dossiers (id),
    -- Code of the agency that received the dossier.
    agency   TEXT NOT NULL,
    -- The JSON of `dossier::rating::Rating`.
    rating   TEXT NOT NULL,
    -- When it was first given, which tells until when it can be changed.
    given_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ratings_of_agency ON ratings (agency, given_at);
