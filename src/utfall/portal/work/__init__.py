"""Work: what takes longer than a page may wait, done by the process `utfall work`, its progress on screen.

It promises that work which was asked for is done, fails with a sentence, or is cancelled: also when the
process that did it dies. Work is done at least once, so whoever registers a kind makes it harmless to do it
twice.
"""
