"""Funding: what advertisers may owe, what their deposits pay, and how far publishers' commission is covered.

    facade.set_terms(caller, 7, TermsDraft(currency="SEK", way=Way.INVOICED, days_to_pay=30))
    facade.standings(7)                    # deposit, limit, what is used, and what is left, by currency
    facade.settle(7)                       # open invoices are paid from the deposit, oldest due first
    facade.funded(3)                       # what publisher 3 waits for, and how much of it is funded

It promises: every figure is of the book, a paper is never settled twice, and a publisher learns shares of its
own amounts alone. docs/algorithms/funding.md is its law.
"""
