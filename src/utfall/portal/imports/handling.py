"""One chunk of rows, whatever they are: a preview does what the import does, and takes it back."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from django.db import transaction

from utfall.portal.access import Forbidden, NotFound, Refused
from utfall.portal.imports import history, promotion, publishers
from utfall.portal.imports.contracts import Kind, Verdict
from utfall.portal.imports.ground import Ground, Handled, Plain

AT_ONCE: Final = 200
Handle = Callable[[Ground, Mapping[str, str]], Handled]
HANDLERS: Final[dict[Kind, Handle]] = {
    Kind.PUBLISHERS: publishers.handle,
    Kind.LINKS: promotion.link,
    Kind.CODES: promotion.code,
    Kind.TRANSACTIONS: history.handle,
}
_IDENTITY: Final = {Kind.CODES: "code"}
_LABEL: Final = {
    Kind.PUBLISHERS: "name",
    Kind.LINKS: "destination",
    Kind.CODES: "publisher_name",
    Kind.TRANSACTIONS: "reference",
}


def handle_all(ground: Ground, rows: Sequence[Mapping[str, str] | None]) -> list[Handled]:
    """Rows of one chunk, in the caller's transaction; None is a row that could not be read."""
    kind = Kind(ground.source.kind)
    if kind is Kind.PUBLISHERS:
        publishers.begin(ground)
    elif kind is Kind.TRANSACTIONS:
        history.begin(ground, [one for one in rows if one is not None])
    handled = [_handled(ground, kind, told) for told in rows]
    if kind is Kind.PUBLISHERS:
        publishers.end(ground)
    elif kind is Kind.TRANSACTIONS:
        history.end(ground)
    return handled


def rehearse(ground: Ground, rows: Sequence[Mapping[str, str] | None]) -> list[Handled]:
    """What rows would come to: done, and taken back."""
    with transaction.atomic():
        handled = handle_all(ground, rows)
        transaction.set_rollback(True)
    for one in handled:
        one.made = None
    return handled


def _handled(ground: Ground, kind: Kind, told: Mapping[str, str] | None) -> Handled:
    if told is None:
        return Handled(verdict=Verdict.UNREADABLE, code="row_unreadable")
    try:
        # What a row has changed when it is refused half way is taken back, and no other row's.
        with transaction.atomic():
            found = HANDLERS[kind](ground, told)
    except Plain as plain:
        found = Handled(verdict=plain.verdict, code=plain.code)
    except Refused as refused:
        problem = refused.problems[0]
        found = Handled(verdict=Verdict.CONFLICT, code=problem.code[:40], said=str(problem.sentence)[:300])
    except (Forbidden, NotFound):
        found = Handled(verdict=Verdict.CONFLICT, code="publisher_unknown")
    external = told.get(_IDENTITY.get(kind, "external"), "")
    found.external = (external.upper() if kind is Kind.CODES else external)[:200]
    found.label = (told.get(_LABEL[kind]) or told.get("publisher", ""))[:200]
    return found
