-- Drafts on their way from one phone to another: ciphertext whose key was never here, for a day at most.

CREATE TABLE handovers (
    id       INTEGER PRIMARY KEY,
    uid      BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    -- The part of the typed code that says which handover is meant.
    locator  TEXT NOT NULL UNIQUE,
    -- Hashes of what each side has to show: the sender, an opener with the link, an opener with the typed code.
    sender   BLOB NOT NULL CHECK (length(sender) = 32),
    by_key   BLOB NOT NULL CHECK (length(by_key) = 32),
    by_code  BLOB NOT NULL CHECK (length(by_code) = 32),
    -- The key, encrypted under what only the typed code gives; empty once the handover has ended.
    wrapped  BLOB NOT NULL,
    parts    INTEGER NOT NULL,
    bytes    INTEGER NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('waiting', 'opening', 'taken', 'lapsed', 'taken-back')),
    made_at  INTEGER NOT NULL,
    until    INTEGER NOT NULL,
    -- Who is opening it, and until when nobody else may: set with the first opening.
    opener   BLOB CHECK (length(opener) = 32),
    lease    INTEGER,
    changed  INTEGER NOT NULL
) STRICT;
CREATE INDEX handovers_by_end ON handovers (until);

-- The bytes are files named by the hash of the ciphertext, in `handovers/`.
CREATE TABLE handover_parts (
    handover INTEGER NOT NULL REFERENCES handovers (id),
    number   INTEGER NOT NULL,
    sha256   BLOB NOT NULL CHECK (length(sha256) = 32),
    bytes    INTEGER NOT NULL,
    PRIMARY KEY (handover, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX handover_parts_by_hash ON handover_parts (sha256);
