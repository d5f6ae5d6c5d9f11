-- Signing in with an identity provider. Times are milliseconds since 1970 in UTC.
CREATE TABLE citizen_identities (
    -- Who they are: the provider's address and the name it has for the person. Never an e-mail address, which changes hands.
    issuer   TEXT NOT NULL,
    subject  TEXT NOT NULL,
    uid      BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    -- The provider's id in the settings.
    provider TEXT NOT NULL,
    citizen  INTEGER NOT NULL REFERENCES citizens (id) ON DELETE CASCADE,
    made_at  INTEGER NOT NULL,
    used_at  INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX citizen_identities_by_citizen ON citizen_identities (citizen);

-- People who are at a provider's page just now. The check value against replay and the proof of the code are made again from
-- a key that is not in here.
CREATE TABLE identity_attempts (
    state_hash   BLOB PRIMARY KEY CHECK (length(state_hash) = 32),
    browser_hash BLOB NOT NULL CHECK (length(browser_hash) = 32),
    provider     TEXT NOT NULL,
    -- The path of the site they were at, or empty.
    next         TEXT NOT NULL,
    -- To whose account the identity is to be added; nothing when they only sign in.
    citizen      INTEGER REFERENCES citizens (id) ON DELETE CASCADE,
    until        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_attempts_by_age ON identity_attempts (until);

-- Identities that may belong to an account that is there already, which its holder is asked about.
CREATE TABLE identity_tickets (
    ticket_hash  BLOB PRIMARY KEY CHECK (length(ticket_hash) = 32),
    browser_hash BLOB NOT NULL CHECK (length(browser_hash) = 32),
    provider     TEXT NOT NULL,
    issuer       TEXT NOT NULL,
    subject      TEXT NOT NULL,
    -- The JSON of `account::identity::Person`.
    person       TEXT NOT NULL,
    until        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_tickets_by_age ON identity_tickets (until);

-- Whether an account has this personal number.
CREATE INDEX citizens_by_number ON citizens (json_extract(details, '$.number')) WHERE json_extract(details, '$.number') <> '';
