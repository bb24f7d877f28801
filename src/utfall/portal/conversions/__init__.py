"""Conversions as people read them: a projection of the book with one row per order, made to be filtered.

`utfall follow` reads the book's receipts by number and keeps the rows up to date; deleting the file and
starting it again makes the same rows. It promises that every row is what the book says, that settlement pays
nothing for being read, and that a publisher reads its own side only. It refuses to guess: what no receipt and
no order of the book says is not there.
"""
