"""Imports: what another network knows of an advertiser is taken over, row by row, and can be undone.

    made = facade.upload(caller, file, "awin.csv")     # network and kind are read from the heading
    facade.map_columns(caller, made.id, mapping)       # and every row is judged, in the background
    facade.apply(caller, made.id)                      # and done; `undo` takes back what nothing depends on

It promises: a preview does what the import does, and takes it back; the same file twice changes nothing; a
row is done in the transaction that says so. What another network paid is history and owes nobody anything
here (docs/decisions/0015-imported-history.md). It refuses to guess: an unknown word, a day that could be
two, an amount that could be two, is unreadable and says so.
"""
