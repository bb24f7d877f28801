-- STRICT: an amount is an integer or it is not stored. WITHOUT ROWID where the key is the way the table is read.

CREATE TABLE book_account (
    id INTEGER NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL CHECK (owner IN ('advertiser', 'publisher', 'operator')),
    owner_id INTEGER NOT NULL,
    bucket TEXT NOT NULL,
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    -- A whole number in decimal, of any size: amounts fit into 64 bits, their sums need not.
    balance_micros TEXT NOT NULL DEFAULT '0' CHECK (
        balance_micros = '0'
        OR ltrim(substr(balance_micros, 1, 1), '-') || substr(balance_micros, 2) GLOB '[1-9]*'
        AND substr(balance_micros, 2) NOT GLOB '*[^0-9]*'
    ),
    CONSTRAINT account_of UNIQUE (owner, owner_id, bucket, currency)
) STRICT;

CREATE TABLE book_conversion (
    id INTEGER NOT NULL PRIMARY KEY,
    advertiser INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    reference TEXT NOT NULL,
    event TEXT NOT NULL,
    occurred_at INTEGER NOT NULL,
    status TEXT NOT NULL,
    reason TEXT,
    program INTEGER,
    publisher INTEGER,
    currency TEXT NOT NULL,
    amount_micros INTEGER NOT NULL,
    commission_micros INTEGER NOT NULL CHECK (commission_micros >= 0),
    fee_micros INTEGER NOT NULL CHECK (fee_micros >= 0),
    state BLOB NOT NULL,
    CONSTRAINT conversion_of UNIQUE (advertiser, outcome, reference)
) STRICT;

CREATE TABLE book_transaction (
    id INTEGER NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    currency TEXT NOT NULL,
    occurred_at INTEGER NOT NULL,
    program INTEGER NOT NULL,
    publisher INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    event TEXT,
    conversion_id INTEGER,
    rule INTEGER,
    corrects_id INTEGER
) STRICT;

CREATE INDEX book_transaction_conversion ON book_transaction (conversion_id) WHERE conversion_id IS NOT NULL;

-- Deferred: the entries come first, and at COMMIT each must have its transaction, which knows its accounts.
CREATE TABLE book_entry (
    transaction_id INTEGER NOT NULL REFERENCES book_transaction (id) DEFERRABLE INITIALLY DEFERRED,
    account_id INTEGER NOT NULL,
    amount_micros INTEGER NOT NULL CHECK (amount_micros <> 0),
    PRIMARY KEY (transaction_id, account_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE book_commission (
    source TEXT NOT NULL CHECK (source IN ('conversion', 'touches')),
    number INTEGER NOT NULL,
    program INTEGER NOT NULL,
    publisher INTEGER NOT NULL,
    currency TEXT NOT NULL,
    status TEXT NOT NULL,
    commission_micros INTEGER NOT NULL CHECK (commission_micros >= 0),
    due_at INTEGER,
    PRIMARY KEY (source, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX book_commission_due ON book_commission (due_at, source, number) WHERE due_at IS NOT NULL;

CREATE TABLE book_budget (
    limit_id INTEGER NOT NULL,
    period TEXT NOT NULL,
    publisher INTEGER NOT NULL,
    cap INTEGER NOT NULL,
    reserved INTEGER NOT NULL CHECK (reserved >= 0),
    settled INTEGER NOT NULL CHECK (settled >= 0),
    PRIMARY KEY (limit_id, period, publisher),
    CONSTRAINT within_cap CHECK (settled + reserved <= cap)
) STRICT, WITHOUT ROWID;

CREATE TABLE book_customer (
    advertiser INTEGER NOT NULL,
    customer TEXT NOT NULL,
    orders INTEGER NOT NULL,
    PRIMARY KEY (advertiser, customer)
) STRICT, WITHOUT ROWID;

-- A click is found by the id in its token; a click or view with an identity, by that. A click may stand in both.
CREATE TABLE book_click (
    id BLOB NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    state BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE book_identity (
    advertiser INTEGER NOT NULL,
    identity BLOB NOT NULL,
    at INTEGER NOT NULL,
    touch BLOB NOT NULL,
    state BLOB NOT NULL,
    PRIMARY KEY (advertiser, identity, at, touch)
) STRICT, WITHOUT ROWID;

CREATE TABLE book_seen (
    event BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE book_receipt (
    id INTEGER NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL,
    prior TEXT,
    kind TEXT NOT NULL,
    conversion_id INTEGER,
    transaction_id INTEGER,
    program INTEGER,
    publisher INTEGER,
    batch INTEGER NOT NULL,
    body BLOB NOT NULL,
    advertiser_side BLOB NOT NULL,
    publisher_side BLOB NOT NULL
) STRICT;

CREATE INDEX book_receipt_conversion ON book_receipt (conversion_id) WHERE conversion_id IS NOT NULL;

-- The receipt of a transaction about an order is found by the order.
CREATE INDEX book_receipt_transaction ON book_receipt (transaction_id) WHERE conversion_id IS NULL;

CREATE TABLE book_batch (
    seq INTEGER NOT NULL PRIMARY KEY,
    now INTEGER NOT NULL,
    snapshot TEXT NOT NULL,
    events INTEGER NOT NULL,
    manifest BLOB NOT NULL,
    first_receipt INTEGER NOT NULL,
    receipts INTEGER NOT NULL,
    root BLOB,
    signature BLOB,
    key TEXT
) STRICT;

CREATE TABLE book_trafficmemory (
    batch INTEGER NOT NULL PRIMARY KEY,
    now INTEGER NOT NULL,
    changes BLOB NOT NULL
) STRICT;

CREATE TABLE book_cursor (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL,
    now INTEGER NOT NULL,
    last_order INTEGER NOT NULL,
    last_transaction INTEGER NOT NULL,
    last_receipt INTEGER NOT NULL,
    receipt_hash TEXT NOT NULL
) STRICT;

CREATE TABLE book_position (
    stream TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL CHECK (position > 0),
    checksum BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE book_fence (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    epoch INTEGER NOT NULL,
    holder TEXT NOT NULL
) STRICT;

CREATE TABLE book_outbox (
    batch INTEGER NOT NULL PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;

INSERT INTO book_cursor VALUES (1, 0, 0, 0, 0, 0, '0000000000000000000000000000000000000000000000000000000000000000');

INSERT INTO book_fence VALUES (1, 0, '');
