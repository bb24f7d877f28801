-- What the book refuses, whoever writes to it and with whatever tool.
--
-- ABORT undoes the statement, for which SQLite copies every page that a row touches before it writes. FAIL refuses the
-- row and stops the same; it stands where a batch writes thousands of rows, one to a statement, and rolls all back.

-- The row of a transaction seals it: its entries are complete, balanced and in its currency.
CREATE TRIGGER book_transaction_seals BEFORE INSERT ON book_transaction
BEGIN
    SELECT RAISE(FAIL, 'the transaction is sealed')
    WHERE EXISTS (SELECT 1 FROM book_transaction WHERE id = NEW.id);
    SELECT CASE
        WHEN count(*) < 2 THEN RAISE(FAIL, 'a transaction has at least two entries')
        WHEN sum(entry.amount_micros) <> 0 THEN RAISE(FAIL, 'the transaction does not balance')
        WHEN sum(account.currency IS NOT NEW.currency) > 0 THEN RAISE(FAIL, 'the transaction mixes currencies')
    END
    FROM book_entry AS entry LEFT JOIN book_account AS account ON account.id = entry.account_id
    WHERE entry.transaction_id = NEW.id;
END;

CREATE TRIGGER book_entry_is_in_time BEFORE INSERT ON book_entry
WHEN EXISTS (SELECT 1 FROM book_transaction WHERE id = NEW.transaction_id)
BEGIN
    SELECT RAISE(FAIL, 'the transaction is sealed');
END;

CREATE TRIGGER book_entry_is_not_changed BEFORE UPDATE ON book_entry
BEGIN
    SELECT RAISE(ABORT, 'an entry is never changed');
END;

CREATE TRIGGER book_entry_is_not_deleted BEFORE DELETE ON book_entry
BEGIN
    SELECT RAISE(ABORT, 'an entry is never deleted');
END;

CREATE TRIGGER book_transaction_is_not_changed BEFORE UPDATE ON book_transaction
BEGIN
    SELECT RAISE(ABORT, 'a transaction is never changed');
END;

CREATE TRIGGER book_transaction_is_not_deleted BEFORE DELETE ON book_transaction
BEGIN
    SELECT RAISE(ABORT, 'a transaction is never deleted');
END;

CREATE TRIGGER book_account_is_not_changed BEFORE UPDATE OF id, owner, owner_id, bucket, currency ON book_account
BEGIN
    SELECT RAISE(ABORT, 'an account is never changed');
END;

CREATE TRIGGER book_account_is_not_deleted BEFORE DELETE ON book_account
BEGIN
    SELECT RAISE(ABORT, 'an account is never deleted');
END;

CREATE TRIGGER book_account_begins_empty BEFORE INSERT ON book_account
WHEN NEW.balance_micros <> '0' OR EXISTS (SELECT 1 FROM book_account WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'an account begins empty');
END;

CREATE TRIGGER book_receipt_is_written_once BEFORE INSERT ON book_receipt
WHEN EXISTS (SELECT 1 FROM book_receipt WHERE id = NEW.id)
BEGIN
    SELECT RAISE(FAIL, 'a receipt is never changed');
END;

CREATE TRIGGER book_receipt_is_not_changed BEFORE UPDATE ON book_receipt
BEGIN
    SELECT RAISE(ABORT, 'a receipt is never changed');
END;

CREATE TRIGGER book_receipt_is_not_deleted BEFORE DELETE ON book_receipt
BEGIN
    SELECT RAISE(ABORT, 'a receipt is never deleted');
END;

CREATE TRIGGER book_batch_is_written_once BEFORE INSERT ON book_batch
WHEN EXISTS (SELECT 1 FROM book_batch WHERE seq = NEW.seq)
BEGIN
    SELECT RAISE(ABORT, 'a batch is settled once');
END;

CREATE TRIGGER book_batch_is_not_changed BEFORE UPDATE ON book_batch
BEGIN
    SELECT RAISE(ABORT, 'a batch is never changed');
END;

CREATE TRIGGER book_batch_is_not_deleted BEFORE DELETE ON book_batch
BEGIN
    SELECT RAISE(ABORT, 'a batch is never deleted');
END;

-- The cursor goes forward, one batch at a time.
CREATE TRIGGER book_cursor_takes_one_step BEFORE UPDATE ON book_cursor
WHEN NEW.seq <> OLD.seq + 1 OR NEW.now < OLD.now OR NOT EXISTS (SELECT 1 FROM book_batch WHERE seq = NEW.seq)
BEGIN
    SELECT RAISE(ABORT, 'batches are settled one by one, each once');
END;

CREATE TRIGGER book_cursor_is_not_deleted BEFORE DELETE ON book_cursor
BEGIN
    SELECT RAISE(ABORT, 'the cursor is never deleted');
END;

CREATE TRIGGER book_position_goes_forward BEFORE UPDATE ON book_position
WHEN NEW.position < OLD.position OR NEW.stream <> OLD.stream
BEGIN
    SELECT RAISE(ABORT, 'a position goes forward');
END;

CREATE TRIGGER book_position_is_not_deleted BEFORE DELETE ON book_position
BEGIN
    SELECT RAISE(ABORT, 'a position is never deleted');
END;

CREATE TRIGGER book_fence_rises BEFORE UPDATE ON book_fence
WHEN NEW.epoch <> OLD.epoch + 1
BEGIN
    SELECT RAISE(ABORT, 'an epoch follows the one before');
END;
