"""The book: who owes whom, in double entry, and everything settlement must remember between two batches.

The facade (`utfall.portal.book.facade`) is the only way in. The tables themselves refuse what must not be: a
transaction that does not balance, an entry that is late, changed or deleted, a limit that is overspent, a
batch settled twice. `docs/algorithms/book.md` shows every table and every guard.
"""
