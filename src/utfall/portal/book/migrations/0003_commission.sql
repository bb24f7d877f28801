-- A row for every party of an order. Time moves all of them by the row of the winner, which alone has a time.

CREATE TABLE book_commission_new (
    source TEXT NOT NULL CHECK (source IN ('conversion', 'touches')),
    number INTEGER NOT NULL,
    program INTEGER NOT NULL,
    publisher INTEGER NOT NULL,
    currency TEXT NOT NULL,
    status TEXT NOT NULL,
    commission_micros INTEGER NOT NULL CHECK (commission_micros >= 0),
    due_at INTEGER,
    PRIMARY KEY (source, number, publisher)
) STRICT, WITHOUT ROWID;

INSERT INTO book_commission_new
SELECT source, number, program, publisher, currency, status, commission_micros, due_at
FROM book_commission ORDER BY source, number;

DROP TABLE book_commission;

ALTER TABLE book_commission_new RENAME TO book_commission;

CREATE INDEX book_commission_due ON book_commission (due_at, source, number) WHERE due_at IS NOT NULL;
