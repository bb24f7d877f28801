"""Webhooks and postbacks: what changed here, told to other people's servers, signed, at least once, in order.

A change is written once, by whoever made it (`changes`). The process `utfall deliver` follows the feed, makes
a delivery of each change for each endpoint that wants it, and calls until the receiver says that it has it.
It promises: an id that stays the same however often it is sent; a signature that the receiver can check;
that a slow receiver delays no other; that nothing is lost when a process dies; and that no private address is
ever called, be it by redirect or by a name that changes its address. docs/algorithms/delivery.md has the
table of retries.
"""
