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
