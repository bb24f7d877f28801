"""Our SQL for PostgreSQL: what SQLite says otherwise is turned word by word, and nothing else is touched.

Of a query: its marks, an empty list, and hints that only SQLite's planner reads. Of a definition: types,
checks and triggers.
"""

import re
from functools import lru_cache
from typing import Final

REFUSE: Final = """
    CREATE OR REPLACE FUNCTION refuse(words text) RETURNS integer LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '%', words USING ERRCODE = 'integrity_constraint_violation';
    END $$
"""
"""What a guard calls where SQLite has RAISE."""

INSTR: Final = """
    CREATE OR REPLACE FUNCTION instr(whole bytea, part bytea) RETURNS integer LANGUAGE sql IMMUTABLE
    RETURN position(part IN whole)
"""
"""Where bytes stand within others, as SQLite asks for it."""

_WORDS: Final = re.compile(r"'(?:[^']|'')*'|\?|:([a-z_]+)|%")
_ASKED: Final = (
    (re.compile(r"\bINSERT OR FAIL INTO\b"), "INSERT INTO"),
    (re.compile(r" INDEXED BY \w+"), ""),
    (re.compile(r"(?<!NOT )\bIN \(\)"), "IN (NULL)"),
    (re.compile(r"\bCROSS JOIN (\w+) ON\b"), r"JOIN \1 ON"),
)
_TYPES: Final = (
    (re.compile(r"\) STRICT(?:, WITHOUT ROWID)?(?=;|\s*$)"), ")"),
    (re.compile(r"\bINTEGER\b"), "BIGINT"),
    (re.compile(r"\bBLOB\b"), "BYTEA"),
    # Bytes are compared, as SQLite does, whatever the database's own collation is.
    (re.compile(r"\bTEXT\b"), 'TEXT COLLATE "C"'),
    (
        re.compile(r"(\w+) = '0'\s+OR ltrim.*?NOT GLOB '\*\[\^0-9\]\*'", re.DOTALL),
        r"\1 ~ '^(0|-?[1-9][0-9]*)$'",
    ),
)
_TABLE: Final = re.compile(r"\bCREATE TABLE \w+ \(|\bALTER TABLE \w+ ADD COLUMN\b")
_TRIGGER: Final = re.compile(
    r"CREATE TRIGGER (?P<name>\w+) BEFORE (?P<event>(?P<verb>INSERT|UPDATE|DELETE)[^;]*?)\sON (?P<table>\w+)"
    r"\s+(?:WHEN (?P<when>.*?)\s+)?BEGIN\s(?P<body>.*)END",
    re.DOTALL,
)
_BODY: Final = (
    (re.compile(r"RAISE\(\w+, "), "refuse("),
    (re.compile(r"^\s*SELECT\b|(?<=;)\s*SELECT\b"), "\n    PERFORM"),
    (re.compile(r"\bIS NOT (NEW|OLD)\."), r"IS DISTINCT FROM \1."),
    (re.compile(r"\bsum\(([^()]* IS DISTINCT FROM [^()]*)\)"), r"count(*) FILTER (WHERE \1)"),
)


@lru_cache(maxsize=4096)
def query(sql: str) -> str:
    """A statement with PostgreSQL's marks.

    >>> query("SELECT id FROM book_paper WHERE name = ? AND kind <> 'a?'")
    "SELECT id FROM book_paper WHERE name = %s AND kind <> 'a?'"
    >>> query("INSERT OR FAIL INTO book_seen VALUES (:event)")
    'INSERT INTO book_seen VALUES (%(event)s)'
    """
    return _turned(_WORDS.sub(_marked, sql), _ASKED)


def _marked(found: re.Match[str]) -> str:
    if found[0] == "?":
        return "%s"
    return f"%({found[1]})s" if found[1] else found[0].replace("%", "%%")


def definition(sql: str) -> str:
    """A definition of a table or a guard; anything else stays as it is.

    >>> definition("CREATE TABLE one (id INTEGER NOT NULL PRIMARY KEY, state BLOB) STRICT;")
    'CREATE TABLE one (id BIGINT NOT NULL PRIMARY KEY, state BYTEA);'
    """
    if _TABLE.search(sql):
        return _turned(sql, _TYPES)
    found = _TRIGGER.search(sql)
    return _guard(found) if found else sql


def _guard(found: re.Match[str]) -> str:
    """A trigger and the function that it needs; a function's queries see what its statement wrote before."""
    body = _turned(found["body"], _BODY)
    if found["when"]:
        body = f"\n    IF {found['when']} THEN{body}    END IF;\n"
    row = "OLD" if found["verb"] == "DELETE" else "NEW"
    name = found["name"]
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        f"BEGIN{body}    RETURN {row};\nEND $$;\n"
        f"CREATE TRIGGER {name} BEFORE {found['event']} ON {found['table']}"
        f" FOR EACH ROW EXECUTE FUNCTION {name}()"
    )


def _turned(sql: str, table: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, said in table:
        sql = pattern.sub(said, sql)
    return sql
