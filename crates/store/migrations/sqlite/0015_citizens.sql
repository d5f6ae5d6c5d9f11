-- Citizens' accounts. Times are milliseconds since 1970 in UTC.
CREATE TABLE citizens (
    id            INTEGER PRIMARY KEY,
    -- Names the account in events and the audit, also after it was deleted.
    uid           BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    name          TEXT NOT NULL,
    -- In lower case, confirmed.
    email         TEXT UNIQUE,
    -- Ten or eleven digits, confirmed.
    phone         TEXT UNIQUE,
    -- The JSON of `account::citizen::Details`.
    details       TEXT NOT NULL,
    password_salt BLOB CHECK (length(password_salt) = 16),
    password_hash BLOB CHECK (length(password_hash) = 32),
    made_at       INTEGER NOT NULL,
    CHECK ((password_salt IS NULL) = (password_hash IS NULL))
) STRICT;

CREATE TABLE citizen_sessions (
    token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    citizen    INTEGER NOT NULL REFERENCES citizens (id),
    began_at   INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX citizen_sessions_by_citizen ON citizen_sessions (citizen);
CREATE INDEX citizen_sessions_by_age ON citizen_sessions (seen_at);

-- Links that were mailed. Of a token only its hash is kept; the token is made again, from a key that is not in here, when
-- the mail is sent.
CREATE TABLE citizen_links (
    token_hash   BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    purpose      TEXT NOT NULL CHECK (purpose IN ('register', 'reset', 'email')),
    -- The address that it was sent to.
    email        TEXT NOT NULL,
    -- Whose account it changes; nothing while there is none.
    citizen      INTEGER REFERENCES citizens (id),
    -- The JSON of `account::citizen::Registration`.
    registration TEXT,
    until        INTEGER NOT NULL,
    CHECK ((citizen IS NULL) = (registration IS NOT NULL)),
    CHECK ((purpose = 'register') = (registration IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX citizen_links_by_age ON citizen_links (until);
CREATE INDEX citizen_links_by_email ON citizen_links (email);
CREATE INDEX citizen_links_by_citizen ON citizen_links (citizen) WHERE citizen IS NOT NULL;

-- Six digits that were sent to a telephone number. The digits are kept nowhere: they are made of the message's name and a key.
CREATE TABLE citizen_codes (
    citizen INTEGER PRIMARY KEY REFERENCES citizens (id),
    -- The message's name in the outbox.
    uid     BLOB NOT NULL CHECK (length(uid) = 16),
    phone   TEXT NOT NULL,
    until   INTEGER NOT NULL,
    tries   INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The outbox takes letters about accounts too: either a dossier's event is told, or a letter.
CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY,
    -- Its name on the mail: whoever gets it twice knows it by this.
    uid        BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    dossier    INTEGER REFERENCES dossiers (id),
    -- The position of the event it tells of.
    event      INTEGER,
    -- Mã hồ sơ at that moment, so that a mail that is sent again says the same.
    number     TEXT,
    -- Name of an `account::Letter`.
    letter     TEXT,
    -- Until when it is of use; a letter with a link or a code has such an end, and somebody waits for it.
    until      INTEGER,
    -- The address; forgotten once the notice is over.
    recipient  TEXT,
    made_at    INTEGER NOT NULL,
    tries      INTEGER NOT NULL DEFAULT 0,
    -- When to try next; nothing once it is over.
    next_at    INTEGER,
    way        TEXT NOT NULL DEFAULT 'email' CHECK (way IN ('email', 'sms', 'zalo')),
    -- A try was begun and nobody has said what came of it: whether the message went out is not known.
    unanswered INTEGER NOT NULL DEFAULT 0 CHECK (unanswered IN (0, 1)),
    UNIQUE (dossier, event),
    CHECK ((recipient IS NULL) = (next_at IS NULL)),
    CHECK ((dossier IS NULL) = (event IS NULL)),
    CHECK ((dossier IS NULL) = (letter IS NOT NULL))
) STRICT;
INSERT INTO outbox (id, uid, dossier, event, number, recipient, made_at, tries, next_at, way, unanswered)
    SELECT id, uid, dossier, event, number, recipient, made_at, tries, next_at, way, unanswered FROM notices;
DROP TABLE notices;
ALTER TABLE outbox RENAME TO notices;
CREATE INDEX notices_due ON notices (next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX notices_by_age ON notices (made_at);
