"""Payouts: who is due and why others are not yet, batches that two people release, and what the bank said.

    facade.set_account(caller, "Acme AB", account)       # held for three days, told to the owners
    facade.due(caller, day)                              # who is paid, and every reason why others are not
    batch = facade.prepare(caller, "SEK", pay_on=day)    # frozen; facade.release(caller, batch) pays it

It promises: nobody is paid twice, whoever is not paid is told why, and what is released is what was looked
at. The book is written by settlement alone: a release is an event of the journal. docs/algorithms/payouts.md
is its law.
"""
