"""The look: base templates, components, words of numbers and dates, languages, the pages of refusal.

It knows no noun of the trade; every app's templates stand on it. It promises that nothing comes from another
host, that no script stands in a page, and that every component works by keyboard, in the dark and on a phone.
"""
