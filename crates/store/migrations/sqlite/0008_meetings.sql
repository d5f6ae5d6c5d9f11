-- Minutes of people's meetings. Times are milliseconds since 1970 in UTC. What a meeting decided about a dossier is an event
-- of that dossier, which names the meeting.
CREATE TABLE meetings (
    id        INTEGER PRIMARY KEY,
    uid       BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    -- The idempotency key of the request that kept it, and the hash of its body.
    key       BLOB NOT NULL UNIQUE CHECK (length(key) = 16),
    body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),
    -- The unit that held it, and the officer who wrote it down.
    unit      TEXT NOT NULL,
    officer   BLOB NOT NULL CHECK (length(officer) = 16),
    begun_at  INTEGER NOT NULL,
    kept_at   INTEGER NOT NULL,
    minutes   TEXT NOT NULL
) STRICT;
CREATE INDEX meetings_by_unit ON meetings (unit, begun_at, id);
