-- That one person files for another with their consent. It outlives both accounts where a dossier rests on it.
CREATE TABLE consents (
    id           INTEGER PRIMARY KEY,
    uid          BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    -- Of its code only a keyed hash is kept; the code is made again, from a key that is not in here.
    code_hash    BLOB NOT NULL UNIQUE CHECK (length(code_hash) = 32),
    -- Whose dossiers; their account, where they have one.
    owner        INTEGER REFERENCES citizens (id),
    owner_name   TEXT NOT NULL,
    owner_number TEXT NOT NULL,
    -- Who files; their account, once somebody has taken it up.
    filer        INTEGER REFERENCES citizens (id),
    filer_name   TEXT NOT NULL,
    kinship      TEXT NOT NULL CHECK (kinship IN ('relative', 'village-head', 'staff', 'other')),
    -- The id of the only procedure that it is for; nothing when it is for all of them.
    procedure    TEXT,
    -- The paper on which it was given; nothing when it was given from the owner's account.
    sha256       BLOB CHECK (length(sha256) = 32),
    kind         TEXT,
    given_at     INTEGER NOT NULL,
    accepted_at  INTEGER,
    until        INTEGER NOT NULL,
    withdrawn_at INTEGER,
    withdrawn_by TEXT CHECK (withdrawn_by IN ('owner', 'filer', 'code', 'desk', 'deletion')),
    CHECK ((sha256 IS NULL) = (kind IS NULL)),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)),
    CHECK (sha256 IS NULL OR accepted_at IS NULL)
) STRICT;
CREATE INDEX consents_by_owner ON consents (owner) WHERE owner IS NOT NULL;
CREATE INDEX consents_by_filer ON consents (filer) WHERE filer IS NOT NULL;
CREATE INDEX consents_by_paper ON consents (sha256) WHERE sha256 IS NOT NULL;

-- The account that filed a dossier for another, and the consent it rests on, where one was on record. `citizen` is then the
-- owner's account.
ALTER TABLE dossiers ADD COLUMN filed_by INTEGER REFERENCES citizens (id);
ALTER TABLE dossiers ADD COLUMN consent INTEGER REFERENCES consents (id);
CREATE INDEX dossiers_by_filer ON dossiers (filed_by, id) WHERE filed_by IS NOT NULL;
CREATE INDEX dossiers_by_consent ON dossiers (consent) WHERE consent IS NOT NULL;
