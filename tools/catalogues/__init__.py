"""Catalogues: every string a person reads, in every language, without GNU gettext on the machine.

`python -m tools.catalogues extract [APP…]` brings each app's `locale/<language>/LC_MESSAGES/django.po` up
to date with the source: new strings come empty, translations stay, strings that are gone go. `compile`
writes the `.mo` beside each. `check` lists what is missing, obsolete, fuzzy, at odds with its placeholders
or between apps, and text in templates that no translation can reach.
"""
