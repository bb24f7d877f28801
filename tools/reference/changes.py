"""changes.md, from the closed list of kinds of changes."""

from django.conf import settings

from tools.reference.markdown import code, prose, table

INTRODUCTION = """
What the change feed (`GET /api/v1/changes`) and webhooks tell. Each kind has one meaning for ever; none is
removed. A change has a cursor `id`, `at`, its `kind` and `subject` (such as `conversion:17`), whom it
concerns, and a `body`: of both sides each reads its own. Changes of orders name the `receipt` that decided
them and are told once for it.
"""


def page() -> list[str]:
    if not settings.configured:
        settings.configure(USE_I18N=False)
    from utfall.portal.changes.contracts import FOR_PARTNERS, SENTENCES

    rows = [
        (code(kind.value), str(words), "all partners" if kind in FOR_PARTNERS else "those it concerns")
        for kind, words in SENTENCES.items()
    ]
    return ["# Changes", prose(INTRODUCTION), table(("kind", "what it means", "who reads it"), rows)]
