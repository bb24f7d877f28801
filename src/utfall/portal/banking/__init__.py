"""Banking: what banks tell us, read once and matched: payouts by our names, deposits by their references.

    file = facade.import_file(caller, "camt053.xml", content)     # a verdict for every movement in it
    facade.match(caller, movement, advertiser=7)                  # money that nobody knew the owner of

It promises: the same file, and the same movement in another file, change nothing; nothing is matched by an
amount and hope: what has no name and no reference waits in suspense for a person. docs/algorithms/
bank-files.md is its law.
"""
