-- Money that moves outside: docs/algorithms/money.md. What is new of a book that was settled before is made of its rows.

-- Entries of the accounts on which certain money stands, in the order of the account.
CREATE TABLE book_line (
    account_id INTEGER NOT NULL,
    transaction_id INTEGER NOT NULL,
    amount_micros INTEGER NOT NULL CHECK (amount_micros <> 0),
    PRIMARY KEY (account_id, transaction_id)
) STRICT, WITHOUT ROWID;

INSERT INTO book_line
SELECT account_id, transaction_id, amount_micros
FROM book_entry JOIN book_account ON book_account.id = account_id
WHERE bucket IN ('owed', 'payable')
ORDER BY account_id, transaction_id;

CREATE TABLE book_answer (
    event TEXT NOT NULL PRIMARY KEY,
    receipt INTEGER NOT NULL,
    reason TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE book_funding (
    id INTEGER NOT NULL PRIMARY KEY,
    event TEXT NOT NULL UNIQUE,
    advertiser INTEGER,
    currency TEXT NOT NULL,
    amount_micros INTEGER NOT NULL,
    identity TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL,
    words TEXT NOT NULL,
    at INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('suspense', 'deposit', 'sent_back')),
    transaction_id INTEGER NOT NULL
) STRICT;

CREATE TABLE book_paper (
    id INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    series TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    owner TEXT NOT NULL CHECK (owner IN ('advertiser', 'publisher')),
    party INTEGER NOT NULL,
    currency TEXT NOT NULL,
    period_from TEXT NOT NULL,
    period_until TEXT NOT NULL,
    since INTEGER NOT NULL,
    through INTEGER NOT NULL,
    net_micros INTEGER NOT NULL,
    tax_micros INTEGER NOT NULL,
    settled_micros INTEGER NOT NULL CHECK (abs(settled_micros) <= abs(net_micros + tax_micros)),
    credited_micros INTEGER NOT NULL CHECK (credited_micros BETWEEN 0 AND abs(net_micros)),
    left_micros INTEGER NOT NULL,
    due TEXT,
    corrects TEXT,
    digest TEXT NOT NULL,
    event TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    transaction_id INTEGER,
    UNIQUE (series, number)
) STRICT;

CREATE INDEX book_paper_party ON book_paper (owner, party, currency, id);

CREATE TABLE book_payout (
    number INTEGER NOT NULL PRIMARY KEY,
    publisher INTEGER NOT NULL,
    currency TEXT NOT NULL,
    since INTEGER NOT NULL,
    through INTEGER NOT NULL,
    amount_micros INTEGER NOT NULL CHECK (amount_micros > 0),
    rest_micros INTEGER NOT NULL CHECK (rest_micros >= 0),
    status TEXT NOT NULL CHECK (status IN ('sent', 'completed', 'failed', 'returned')),
    identity TEXT NOT NULL,
    reason TEXT,
    digest TEXT NOT NULL,
    event TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    transaction_id INTEGER NOT NULL,
    ended_id INTEGER,
    receipt INTEGER NOT NULL
) STRICT;

CREATE INDEX book_payout_publisher ON book_payout (publisher, currency, transaction_id);

CREATE TABLE book_exchange (
    transaction_id INTEGER NOT NULL PRIMARY KEY,
    into_transaction_id INTEGER NOT NULL,
    event TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL CHECK (owner IN ('advertiser', 'publisher')),
    party INTEGER NOT NULL,
    currency TEXT NOT NULL,
    "into" TEXT NOT NULL,
    amount_micros INTEGER NOT NULL,
    into_amount_micros INTEGER NOT NULL,
    currency_micros INTEGER NOT NULL CHECK (currency_micros > 0),
    into_micros INTEGER NOT NULL CHECK (into_micros > 0),
    rate_source TEXT NOT NULL,
    day TEXT NOT NULL,
    through INTEGER NOT NULL,
    undone INTEGER,
    paid_by INTEGER,
    at INTEGER NOT NULL,
    receipt INTEGER NOT NULL
) STRICT;

CREATE INDEX book_exchange_party ON book_exchange (owner, party, "into");

-- Made anew: a row for every party of an order (time moves all of them by the row of the winner, which alone has a
-- time), what is paid, and amounts below zero for bonuses.
CREATE TABLE book_commission_new (
    source TEXT NOT NULL CHECK (source IN ('conversion', 'touches', 'bonus')),
    number INTEGER NOT NULL,
    program INTEGER NOT NULL,
    publisher INTEGER NOT NULL,
    currency TEXT NOT NULL,
    status TEXT NOT NULL,
    commission_micros INTEGER NOT NULL CHECK (commission_micros >= 0 OR source = 'bonus'),
    due_at INTEGER,
    released INTEGER,
    paid_by INTEGER CHECK (paid_by IS NULL OR paid_by > released),
    PRIMARY KEY (source, number, publisher)
) STRICT, WITHOUT ROWID;

INSERT INTO book_commission_new
SELECT source, number, program, publisher, currency, status, commission_micros, due_at, NULL, NULL
FROM book_commission ORDER BY source, number;

DROP TABLE book_commission;

ALTER TABLE book_commission_new RENAME TO book_commission;

UPDATE book_commission SET released = told.id
FROM (SELECT id, conversion_id FROM book_transaction WHERE kind = 'release' AND conversion_id IS NOT NULL) AS told
WHERE source = 'conversion' AND number = told.conversion_id;

UPDATE book_commission SET released = told.id
FROM (SELECT id, corrects_id FROM book_transaction WHERE kind = 'release' AND conversion_id IS NULL) AS told
WHERE source = 'touches' AND number = told.corrects_id;

CREATE INDEX book_commission_due ON book_commission (due_at, source, number) WHERE due_at IS NOT NULL;

CREATE INDEX book_commission_unpaid ON book_commission (publisher, currency, released)
WHERE released IS NOT NULL AND paid_by IS NULL;

CREATE INDEX book_commission_paid ON book_commission (paid_by, source, number) WHERE paid_by IS NOT NULL;

-- What left or reached an account for another reason than that somebody earned it.
CREATE INDEX book_transaction_money ON book_transaction (id)
WHERE kind IN ('funding', 'matching', 'paper', 'settling', 'payout', 'payout_result', 'exchange');

-- What was issued, sent or received stays as it was; only what became of it may be noted.
CREATE TRIGGER book_paper_is_not_changed BEFORE UPDATE OF id, name, kind, series, number, owner, party, currency,
    period_from, period_until, since, through, net_micros, tax_micros, left_micros, due, corrects, digest, event, at,
    transaction_id ON book_paper
BEGIN
    SELECT RAISE(ABORT, 'a paper is never changed');
END;

CREATE TRIGGER book_paper_is_not_deleted BEFORE DELETE ON book_paper
BEGIN
    SELECT RAISE(ABORT, 'a paper is never deleted');
END;

CREATE TRIGGER book_paper_has_the_next_number BEFORE INSERT ON book_paper
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM book_paper WHERE series = NEW.series)
    AND NOT EXISTS (SELECT 1 FROM book_paper WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'papers of a series have no gap');
END;

CREATE TRIGGER book_payout_is_not_changed BEFORE UPDATE OF number, publisher, currency, since, through, amount_micros,
    rest_micros, digest, event, at, transaction_id, receipt ON book_payout
BEGIN
    SELECT RAISE(ABORT, 'a payout is never changed');
END;

CREATE TRIGGER book_payout_is_not_deleted BEFORE DELETE ON book_payout
BEGIN
    SELECT RAISE(ABORT, 'a payout is never deleted');
END;

CREATE TRIGGER book_payout_goes_on BEFORE UPDATE OF status ON book_payout
WHEN (OLD.status, NEW.status) NOT IN (VALUES ('sent', 'completed'), ('sent', 'failed'), ('completed', 'returned'),
    ('sent', 'returned'))
BEGIN
    SELECT RAISE(ABORT, 'a payout goes on from where it is');
END;

CREATE TRIGGER book_funding_is_not_changed BEFORE UPDATE OF id, event, currency, amount_micros, identity, day, words, at,
    transaction_id ON book_funding
BEGIN
    SELECT RAISE(ABORT, 'a funding is never changed');
END;

CREATE TRIGGER book_funding_is_not_deleted BEFORE DELETE ON book_funding
BEGIN
    SELECT RAISE(ABORT, 'a funding is never deleted');
END;

CREATE TRIGGER book_commission_is_paid_once BEFORE UPDATE OF paid_by ON book_commission
WHEN OLD.paid_by IS NOT NULL AND NEW.paid_by IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a commission is paid once');
END;
