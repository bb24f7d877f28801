"""changes.md, from the closed list of kinds of changes."""

from collections.abc import Iterator

from django.conf import settings

from tools.reference.markdown import code, prose, table

INTRODUCTION = """
What the change feed (`GET /api/v1/changes`) and webhooks tell. Each kind has one meaning for ever; none is
removed. A change has a cursor `id`, `at`, its `kind` and `subject` (such as `conversion:17`), whom it
concerns, and a `body`: of both sides each reads its own. Changes of orders name the `receipt` that decided
them and are told once for it.
"""

BODIES = """
What a `body` holds, by the part of the kind before its dot. Money is in millionths of the currency
(`micros`). A field may be added; none is taken away or changes its meaning. A webhook sends the same fields
in `data`.
"""
PARTIES = """
An order that several publishers share is told to each of them: to who won it as `conversion.*`, to every
other by a `commission.*` change of its own, with its own part and nothing of the others. The advertiser
reads all parts in `parties`.
"""


def page() -> list[str]:
    if not settings.configured:
        settings.configure(USE_I18N=False)
    from utfall.portal.changes.contracts import FOR_PARTNERS, SENTENCES

    rows = [
        (code(kind.value), str(words), "all partners" if kind in FOR_PARTNERS else "those it concerns")
        for kind, words in SENTENCES.items()
    ]
    kinds = table(("kind", "what it means", "who reads it"), rows)
    return ["# Changes", prose(INTRODUCTION), kinds, "## Bodies", prose(BODIES), prose(PARTIES), *bodies()]


def bodies() -> Iterator[str]:
    """The fields of each group of kinds."""
    from utfall.portal.changes.shapes import SHAPES

    for group, fields in SHAPES.items():
        yield f"### {code(f'{group}.*')}"
        rows = [(code(one.name), one.type, one.says, one.reader or "both") for one in fields]
        yield table(("field", "type", "what it says", "who reads it"), rows)
