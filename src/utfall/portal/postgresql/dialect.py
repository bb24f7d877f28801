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
NOTHING: Final = "SELECT"
"""A statement that does nothing."""
_BODY: Final = (
    (re.compile(r"RAISE\(\w+, "), "refuse("),
    (re.compile(r"^\s*SELECT\b|(?<=;)\s*SELECT\b"), "\n    PERFORM"),
    (re.compile(r"\bIS NOT (NEW|OLD)\."), r"IS DISTINCT FROM \1."),
    (re.compile(r"\bsum\(([^()]* IS DISTINCT FROM [^()]*)\)"), r"count(*) FILTER (WHERE \1)"),
)
_ADDED: Final = (*_BODY[2:], (re.compile(r"\bNEW\."), "added."))


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
    """A trigger and the function that it needs. A guard of new rows that looks only elsewhere is asked once
    for all rows of a statement, for a function that is called for each costs more than the row.
    """
    if found["verb"] != "INSERT":
        return _for_each_row(found, found["body"])
    own = rf"EXISTS \(SELECT 1 FROM {found['table']} WHERE [^()]*\)"
    if found["when"] and re.fullmatch(own, found["when"]):
        return NOTHING  # no row takes the place of another here, as by a file's REPLACE: the key refuses it
    body = re.sub(rf"SELECT RAISE\([^;]*\)\s+WHERE {own};", "", found["body"])
    if re.search(rf"\b{found['table']}\b", f"{found['when']} {body}"):
        return _for_each_row(found, found["body"])
    return _for_all_rows(found, body)


def _for_each_row(found: re.Match[str], body: str) -> str:
    """A function's queries see what its statement wrote before, and go by keys, though a plan is made while
    the tables are small. What asks for nothing but the row is decided without a function.
    """
    body, when, needed = _turned(body, _BODY), "", found["when"]
    if needed and re.search(r"\b(SELECT|VALUES)\b", needed):
        body = f"\n    IF {needed} THEN{body}    END IF;\n"
    elif needed:
        when = f" WHEN ({needed})"
    keyed = " SET enable_seqscan = off" if " FROM " in f"{needed} {body}" else ""
    row = "OLD" if found["verb"] == "DELETE" else "NEW"
    name = found["name"]
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql{keyed} AS $$\n"
        f"BEGIN{body}    RETURN {row};\nEND $$;\n"
        f"CREATE TRIGGER {name} BEFORE {found['event']} ON {found['table']}"
        f" FOR EACH ROW{when} EXECUTE FUNCTION {name}()"
    )


def _for_all_rows(found: re.Match[str], body: str) -> str:
    """Its plan goes by keys, though it is made while the tables are small."""
    asked = [_turned(one, _BODY[:1]).strip() for one in body.split(";") if one.strip()]
    rows = f"added WHERE {found['when']}" if found["when"] else "added"
    told = "".join(f"    PERFORM ({one}) FROM {rows};\n" for one in asked)
    name = found["name"]
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql\n"
        f"SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$\n"
        f"BEGIN\n{_turned(told, _ADDED)}    RETURN NULL;\nEND $$;\n"
        f"CREATE TRIGGER {name} AFTER INSERT ON {found['table']} REFERENCING NEW TABLE AS added"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )


def _turned(sql: str, table: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, said in table:
        sql = pattern.sub(said, sql)
    return sql
