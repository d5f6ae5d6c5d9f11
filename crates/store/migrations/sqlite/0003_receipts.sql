-- What a receipt tells and is checked by.

-- How many pages a paper has, counted once when it came; NULL where they could not be counted, and for older papers.
ALTER TABLE papers ADD COLUMN pages INTEGER;

-- Every public key that ever signed a receipt: a receipt can be checked for as long as there is somebody to show it to.
CREATE TABLE receipt_keys (
    id       INTEGER PRIMARY KEY,
    public   BLOB NOT NULL UNIQUE CHECK (length(public) = 32),
    since    INTEGER NOT NULL
) STRICT;
CREATE TRIGGER receipt_keys_are_never_changed BEFORE UPDATE ON receipt_keys
BEGIN SELECT RAISE (ABORT, 'receipt keys are never changed'); END;
CREATE TRIGGER receipt_keys_are_never_deleted BEFORE DELETE ON receipt_keys
BEGIN SELECT RAISE (ABORT, 'receipt keys are never deleted'); END;
