"""The API: one set of conventions for every operation, whichever app offers it (`docs/guides/api.md`).

It promises that a key is the only way in, that every refusal is a problem with a code and a sentence, that a
request sent twice with the same idempotency key takes effect once, and that what a page can do an operation
can.
"""
