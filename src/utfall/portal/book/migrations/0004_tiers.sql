-- What tiers count: a row per rule, period and publisher, with the correction that stands for it (of either sign).

CREATE TABLE book_tier (
    rule INTEGER NOT NULL,
    period TEXT NOT NULL,
    publisher INTEGER NOT NULL,
    program INTEGER NOT NULL,
    currency TEXT NOT NULL,
    orders INTEGER NOT NULL CHECK (orders >= 0),
    status TEXT NOT NULL CHECK (status IN ('pending', 'approved', 'payable')),
    commission_micros INTEGER NOT NULL,
    fee_micros INTEGER NOT NULL,
    due_at INTEGER,
    state BLOB NOT NULL,
    PRIMARY KEY (rule, period, publisher)
) STRICT, WITHOUT ROWID;

CREATE INDEX book_tier_due ON book_tier (due_at, rule, period, publisher) WHERE due_at IS NOT NULL;

CREATE INDEX book_tier_publisher ON book_tier (publisher) WHERE commission_micros <> 0;
