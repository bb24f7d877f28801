"""Science: pure estimators. Tables in, frozen values out; no database, no clock, no chance without a seed.

Promises: every estimator states its formula, its assumptions and its source where it stands, and is tested by
worlds in which the truth was planted. Its results are estimates with an interval, never amounts that are
owed: they reach production only as new versions of terms that a person published.
"""
