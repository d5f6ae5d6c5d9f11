-- Papers on their way. Their bytes lie in a file named by id_hash; `received` says how many of them count, and is only
-- moved on when they are on the disk. The id itself is known to the sender alone.
CREATE TABLE uploads (
    id       INTEGER PRIMARY KEY,
    id_hash  BLOB NOT NULL UNIQUE CHECK (length(id_hash) = 32),
    draft    BLOB NOT NULL CHECK (length(draft) = 16),
    sha256   BLOB NOT NULL CHECK (length(sha256) = 32),
    source   BLOB NOT NULL CHECK (length(source) = 8),
    bytes    INTEGER NOT NULL CHECK (bytes > 0),
    received INTEGER NOT NULL CHECK (received BETWEEN 0 AND bytes),
    last_at  INTEGER NOT NULL
) STRICT;
-- What is unfinished is summed up at each addition, so the sum reads nothing but this index.
CREATE INDEX uploads_unfinished ON uploads (source, received) WHERE received < bytes;
CREATE INDEX uploads_by_age ON uploads (last_at);
CREATE INDEX uploads_by_paper ON uploads (draft, sha256);
