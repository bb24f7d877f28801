"""Workers: load, decide, commit. Settle, ship to the lake, publish snapshots, replay, check the invariants.

Promises: every worker can be killed at any moment and goes on exactly where it was; business rules are one
call into the engine; a failure is loud and names its place. Refuses: to settle past a record it cannot read,
and to commit what another settler has taken over.
"""
