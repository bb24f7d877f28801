-- Of what stands on an account, what money that moved outside did to it; the rest was earned.
ALTER TABLE book_account ADD COLUMN outside_micros TEXT NOT NULL DEFAULT '0' CHECK (
    outside_micros = '0'
    OR ltrim(substr(outside_micros, 1, 1), '-') || substr(outside_micros, 2) GLOB '[1-9]*'
    AND substr(outside_micros, 2) NOT GLOB '*[^0-9]*'
);

CREATE TRIGGER book_account_begins_unmoved BEFORE INSERT ON book_account
WHEN NEW.outside_micros <> '0'
BEGIN
    SELECT RAISE(ABORT, 'an account begins empty');
END;
