"""Tracking: set-up with snippets to copy, the live debugger over the journal, and receipts as stories.

    setup = facade.setup(caller)                    # what is set up, and what was heard of lately
    told = facade.calls(caller, cursor)             # what the edge heard since, and what was decided
    view = facade.receipt(caller, 7)                # why a commission is what it is

It promises: the journal and the book are only read, nothing is shown that is not within the caller's
reach, and a look costs the same however busy the edge is. It refuses to go on in a journal that is damaged.
"""
