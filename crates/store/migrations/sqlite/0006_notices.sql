-- Notices to citizens that wait to be sent, or were. Times are milliseconds since 1970 in UTC.
CREATE TABLE notices (
    id        INTEGER PRIMARY KEY,
    -- Its name on the mail: whoever gets it twice knows it by this.
    uid       BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    dossier   INTEGER NOT NULL REFERENCES dossiers (id),
    -- The position of the event it tells of.
    event     INTEGER NOT NULL,
    -- Mã hồ sơ at that moment, so that a mail that is sent again says the same.
    number    TEXT,
    -- The address; forgotten once the notice is over.
    recipient TEXT,
    made_at   INTEGER NOT NULL,
    tries     INTEGER NOT NULL DEFAULT 0,
    -- When to try next; nothing once it is over.
    next_at   INTEGER,
    UNIQUE (dossier, event),
    CHECK ((recipient IS NULL) = (next_at IS NULL))
) STRICT;
CREATE INDEX notices_due ON notices (next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX notices_by_age ON notices (made_at);
