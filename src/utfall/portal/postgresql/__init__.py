"""PostgreSQL in the place of the files: Django's backend, one writer at a time, and our SQL in its dialect.

An installation of one machine needs no server and has none. With the setting `database`, book, projection
and portal are three schemas of one database (`docs/decisions/0017-postgresql.md`). Statements are written
once, in words that SQLite and PostgreSQL share; `dialect` turns the few that they do not share.
"""
