"""Finance: the whole house's money on one page, and an advertiser's own on another.

    found = facade.figures(caller, "SEK")     # balances, age of invoices, fees, payables, forecast of cash
    own = facade.own(caller)                  # deposit, limit, what is open, how to pay in, what comes next

It promises: all figures are of the book at one entry, which they name (what is payable by day may be of some
minutes before, and says when); what is assumed of the future is said beside it. docs/algorithms/funding.md is
its law.
"""
