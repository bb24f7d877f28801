"""Commission: which outcome is paid, to whom, under which condition, at which price, in which precedence.

A rule in force is never edited: a change ends it and begins another, so that every receipt can show the rule
it was priced by. It promises that what it holds can be sealed, and that nobody saves a rule without being
shown what it would have paid, which rules it silences and where nothing pays.
"""
