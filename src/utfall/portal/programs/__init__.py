"""Programs: what an advertiser offers, in versions of its terms, with goals, partner groups and budgets.

It promises that terms in force are never edited, only followed by a later version; that a change of state
is a version too, so that the numbers in receipts lead here; that nothing takes force in the past; and that
whatever it holds can be sealed. It refuses, with a sentence, what could not be.
"""
