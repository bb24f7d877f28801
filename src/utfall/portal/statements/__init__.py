"""Statements of both sides, the book in the accountant's accounts, VAT by period, and the yearly income.

    wanted = facade.asked(caller, publisher=7, first=day, last=day)
    facade.statement(caller, wanted)               # opening, sums, closing, and whether the book agrees
    facade.books(caller, "SEK", first, last)       # verifications and balances, which export_books writes
    facade.vat(caller, VatWanted(first=first, last=last))   # papers by how they are taxed, and the sales list
    facade.incomes(caller, 2026)                   # what each publisher was credited, by quarter

It promises: what a statement says adds up to the micro and to the book, days that are over never change, and
whoever takes the accounts away is in the log. Its law: docs/algorithms/statements.md, accounting.md and
vat-by-period.md.
"""
