"""Bonuses: what a program grants a publisher without an order, and fees for placements.

Promises: a grant is told to settlement once, whoever asks twice; what settlement answered stands beside it;
no more is taken back than was granted. Refuses: grants to publishers outside of the program.
"""
