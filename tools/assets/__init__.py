"""Brings what a browser loads from npm to where the portal serves it; nothing is vendored.

`python -m tools.assets` does what is due and no more: it installs `frontend/` when its lock changed, copies
the few files that pages name, with their licences, and draws one sprite of the icons in use. `python -m
tools.assets lock` resolves `frontend/package.json` anew.
"""
