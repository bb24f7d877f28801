"""Audit: who changed what, when, from what to what and why; and the second pair of eyes where asked for.

It promises that an entry, once written, can neither be changed nor removed without the chain of hashes
showing it (`docs/algorithms/audit.md`), and that whoever proposes a change never approves it.
"""
