-- Until which moment somebody has seen the notices of their account. The notices themselves are made of what happened and are kept
-- nowhere. Times are milliseconds since 1970 in UTC.
CREATE TABLE citizen_notices (
    citizen INTEGER PRIMARY KEY REFERENCES citizens (id) ON DELETE CASCADE,
    seen_at INTEGER NOT NULL
) STRICT;

-- What an account is told of itself stands in the audit, however long that is.
CREATE INDEX audit_of_citizens ON audit (subject, at) WHERE act IN (
    'citizen-password-changed', 'citizen-password-reset', 'citizen-email-changed', 'citizen-phone-changed',
    'citizen-signed-out-everywhere', 'citizen-identity-added', 'citizen-identity-removed'
);
