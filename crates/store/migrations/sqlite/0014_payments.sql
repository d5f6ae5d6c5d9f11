-- Paying fees. Times are milliseconds since 1970 in UTC, amounts are whole đồng.
CREATE TABLE payment_orders (
    id       INTEGER PRIMARY KEY,
    -- Its name with the provider.
    name     TEXT NOT NULL UNIQUE CHECK (length(name) = 20),
    dossier  INTEGER NOT NULL REFERENCES dossiers (id),
    provider TEXT NOT NULL CHECK (provider IN ('vnpay', 'momo', 'vietqr')),
    amount   INTEGER NOT NULL CHECK (amount > 0),
    made_at  INTEGER NOT NULL,
    until    INTEGER NOT NULL CHECK (until > made_at),
    -- Where the provider said that it is paid; empty where that is told from the order itself, or not known yet.
    pay      TEXT NOT NULL DEFAULT '',
    -- When the provider was asked last, and is to be asked next; nothing once nothing more is expected.
    asked_at INTEGER,
    ask_at   INTEGER
) STRICT;
CREATE INDEX payment_orders_by_dossier ON payment_orders (dossier);
CREATE INDEX payment_orders_to_ask ON payment_orders (ask_at) WHERE ask_at IS NOT NULL;
CREATE INDEX payment_orders_by_time ON payment_orders (made_at);

-- A request to pay is answered with its order, however often it comes.
CREATE TABLE payment_keys (
    key           BLOB PRIMARY KEY CHECK (length(key) = 16),
    body_hash     BLOB NOT NULL CHECK (length(body_hash) = 32),
    payment_order INTEGER NOT NULL REFERENCES payment_orders (id)
) STRICT, WITHOUT ROWID;

-- What is known of an order, once each. The JSON of `payment::Fact`.
CREATE TABLE payment_facts (
    payment_order INTEGER NOT NULL REFERENCES payment_orders (id),
    fact          TEXT NOT NULL,
    at            INTEGER NOT NULL,
    PRIMARY KEY (payment_order, fact)
) STRICT, WITHOUT ROWID;

-- A provider's payment belongs to one order, for ever.
CREATE TABLE payment_transactions (
    provider      TEXT NOT NULL,
    number        TEXT NOT NULL CHECK (number <> ''),
    payment_order INTEGER NOT NULL REFERENCES payment_orders (id),
    PRIMARY KEY (provider, number)
) STRICT, WITHOUT ROWID;

-- What was said, byte by byte as it came. A claim is a payment that was told and that the provider, asked, has not yet
-- affirmed.
CREATE TABLE payment_messages (
    id            INTEGER PRIMARY KEY,
    payment_order INTEGER NOT NULL REFERENCES payment_orders (id),
    sha256        BLOB NOT NULL CHECK (length(sha256) = 32),
    at            INTEGER NOT NULL,
    said          BLOB NOT NULL,
    claim         TEXT,
    UNIQUE (payment_order, sha256)
) STRICT;

-- The ledger: a line is an entry with its three sides, which are nothing together.
CREATE TABLE ledger (
    id            INTEGER PRIMARY KEY,
    payment_order INTEGER NOT NULL REFERENCES payment_orders (id),
    at            INTEGER NOT NULL,
    with_provider INTEGER NOT NULL,
    fee           INTEGER NOT NULL,
    to_refund     INTEGER NOT NULL,
    CHECK (with_provider + fee + to_refund = 0),
    CHECK (fee <> 0 OR to_refund <> 0)
) STRICT;
CREATE INDEX ledger_by_order ON ledger (payment_order);

-- Giving money back: one officer asks, another confirms, and each payment goes back once.
CREATE TABLE refunds (
    payment_order INTEGER NOT NULL REFERENCES payment_orders (id),
    number        TEXT NOT NULL,
    amount        INTEGER NOT NULL CHECK (amount > 0),
    asked_by      BLOB NOT NULL CHECK (length(asked_by) = 16),
    asked_at      INTEGER NOT NULL,
    confirmed_by  BLOB CHECK (confirmed_by <> asked_by),
    confirmed_at  INTEGER,
    PRIMARY KEY (payment_order, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER facts_are_never_changed BEFORE UPDATE ON payment_facts
BEGIN SELECT RAISE (ABORT, 'facts are never changed'); END;
CREATE TRIGGER facts_are_never_deleted BEFORE DELETE ON payment_facts
BEGIN SELECT RAISE (ABORT, 'facts are never deleted'); END;
CREATE TRIGGER transactions_are_never_changed BEFORE UPDATE ON payment_transactions
BEGIN SELECT RAISE (ABORT, 'transactions are never changed'); END;
CREATE TRIGGER transactions_are_never_deleted BEFORE DELETE ON payment_transactions
BEGIN SELECT RAISE (ABORT, 'transactions are never deleted'); END;
CREATE TRIGGER messages_are_never_changed BEFORE UPDATE OF payment_order, sha256, at, said ON payment_messages
BEGIN SELECT RAISE (ABORT, 'messages are never changed'); END;
CREATE TRIGGER messages_are_never_deleted BEFORE DELETE ON payment_messages
BEGIN SELECT RAISE (ABORT, 'messages are never deleted'); END;
CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger
BEGIN SELECT RAISE (ABORT, 'the ledger is never changed'); END;
CREATE TRIGGER ledger_is_never_deleted BEFORE DELETE ON ledger
BEGIN SELECT RAISE (ABORT, 'the ledger is never deleted'); END;
CREATE TRIGGER orders_are_never_changed BEFORE UPDATE OF name, dossier, provider, amount, made_at, until ON payment_orders
BEGIN SELECT RAISE (ABORT, 'orders are never changed'); END;
