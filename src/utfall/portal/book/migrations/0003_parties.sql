-- Who else is paid for an order: a commission row for every party of it, a side of the receipt for each, and what is
-- known of customers.

CREATE TABLE book_side (
    receipt_id INTEGER NOT NULL,
    publisher INTEGER NOT NULL,
    side BLOB NOT NULL,
    PRIMARY KEY (receipt_id, publisher)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER book_side_is_written_once BEFORE INSERT ON book_side
WHEN EXISTS (SELECT 1 FROM book_side WHERE receipt_id = NEW.receipt_id AND publisher = NEW.publisher)
BEGIN
    SELECT RAISE(FAIL, 'a side is never changed');
END;

CREATE TRIGGER book_side_is_not_changed BEFORE UPDATE ON book_side
BEGIN
    SELECT RAISE(ABORT, 'a side is never changed');
END;

CREATE TRIGGER book_side_is_not_deleted BEFORE DELETE ON book_side
BEGIN
    SELECT RAISE(ABORT, 'a side is never deleted');
END;

-- To whom the first attributed order of a customer in a program bonds it.
CREATE TABLE book_bond (
    advertiser INTEGER NOT NULL,
    customer TEXT NOT NULL,
    program INTEGER NOT NULL,
    state BLOB NOT NULL,
    PRIMARY KEY (advertiser, customer, program)
) STRICT, WITHOUT ROWID;

-- When the latest of a customer's orders was placed; unknown of those that were counted before this was asked.
ALTER TABLE book_customer ADD COLUMN last_at INTEGER;

-- A limit may count each customer alone; the empty customer is all of them together.
CREATE TABLE book_budget_new (
    limit_id INTEGER NOT NULL,
    period TEXT NOT NULL,
    customer TEXT NOT NULL DEFAULT '',
    publisher INTEGER NOT NULL,
    cap INTEGER NOT NULL,
    reserved INTEGER NOT NULL CHECK (reserved >= 0),
    settled INTEGER NOT NULL CHECK (settled >= 0),
    PRIMARY KEY (limit_id, period, customer, publisher),
    CONSTRAINT within_cap CHECK (settled + reserved <= cap)
) STRICT, WITHOUT ROWID;

INSERT INTO book_budget_new
SELECT limit_id, period, '', publisher, cap, reserved, settled FROM book_budget ORDER BY limit_id, period, publisher;

DROP TABLE book_budget;

ALTER TABLE book_budget_new RENAME TO book_budget;
