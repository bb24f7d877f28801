"""Traffic quality: what looks doubtful, whose it is, what it would cost, and what somebody decided about it.

Promises: a look at everything each hour, kept in findings that name their orders (docs/guides/quality.md); a
look again changes nothing that has not changed; no personal data is kept, only numbers of orders. Refuses:
to decide anything by itself, and to tell a publisher how it is looked at.
"""
