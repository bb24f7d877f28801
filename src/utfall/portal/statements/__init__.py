"""Statements of both sides, the book in the accountant's accounts, and the yearly income of publishers.

    wanted = facade.asked(caller, publisher=7, first=day, last=day)
    facade.statement(caller, wanted)               # opening, sums, closing, and whether the book agrees
    facade.books(caller, "SEK", first, last)       # verifications and balances, which export_books writes
    facade.incomes(caller, 2026)                   # what each publisher was credited, by quarter

It promises: what a statement says adds up to the micro and to the book, days that are over never change, and
whoever takes the accounts away is in the log. docs/algorithms/statements.md and accounting.md are its law.
"""
