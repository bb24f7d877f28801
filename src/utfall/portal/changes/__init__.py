"""The change feed: everything that changed in the market, in one order, for whoever follows it.

A change is told by the app that makes it, in the same transaction; those of orders by `utfall follow`,
once for each receipt. It promises that the cursor only rises, that nothing is told twice or left out, and
that each side reads its own body.
"""
