"""Claims: a publisher says that an order was theirs; the receipts answer at once, and the advertiser decides.

    number = facade.file(caller, Draft(program=7, reference="A-1", placed_on=day, amount_micros=10**9))
    facade.claim(caller, number).answer.finding      # "later_click_won": read from the book

It promises: the answer tells a publisher nothing of others; a claim's clock is that of its filing; silence
approves what the receipts leave open; what is approved reaches the book through events of the journal, once.
It refuses what is paid already. docs/algorithms/claims.md is its law.
"""
