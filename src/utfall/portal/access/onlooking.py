"""Looking on: the operator sees what a tenant's people see, for a while, and can change nothing.

A caller that has an `onlooker` is nobody's member: it is made in one place (`people.callers`) out of what the
operations app remembers of the browser's session, and every page lets it in through the one place where
pages admit anybody (`access.pages`). Three things hold it, each by itself:

    admit              a request that would change anything is refused before the page is asked, and so are
                       pages that deal in secrets
    changing_nothing   while the page works, its databases refuse every statement that is not a question
    keys               the API knows callers by their key alone, and a key never looks on
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import refuse
from utfall.portal.access.roles import Role

SAFE: Final = frozenset({"GET", "HEAD"})
SHUT: Final = frozenset({"people:keys", "people:close"})
"""Pages of a tenant that nobody looks at who does not belong there: keys, and ending it all."""
ASKING: Final = frozenset(
    {"SELECT", "WITH", "EXPLAIN", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Onlooker:
    """Who really looks, of which operator, and until when; `number`: of the impersonation in the log."""

    number: int
    user: int
    actor: str
    operator: str
    operator_slug: str
    until: datetime


class Seat(NamedTuple):
    """From where somebody may look on: an organisation by its key, as one of its people with this role."""

    organisation: int
    role: Role
    onlooker: Onlooker


FindSeat = Callable[[HttpRequest, str], Seat | HttpResponse | None]
"""The seat that a session has in the organisation of this slug; an answer where it has run out."""
_finder: list[FindSeat] = []


def seat_by(find: FindSeat) -> None:
    """Say how a session becomes a seat; the operations app does, when it is ready."""
    _finder[:] = [find]


def seat_of(request: HttpRequest, slug: str) -> Seat | HttpResponse | None:
    """From where this request may look on, if from anywhere."""
    return _finder[0](request, slug) if _finder else None


def admit(page: str, method: str) -> None:
    """Refuse an onlooker what would change something, and what is secret."""
    if method not in SAFE:
        sentence = _("You only look on: nothing can be changed here until you end it.")
        refuse("onlooker_reads_only", sentence, status=403)
    if page in SHUT:
        sentence = _("Keys and secrets are for the organisation's own people; whoever looks on sees none.")
        refuse("onlooker_sees_no_secrets", sentence, status=403)


@contextmanager
def changing_nothing() -> Iterator[None]:
    """As long as the block takes, every database of the portal refuses to change anything."""
    with ExitStack() as held:
        for connection in connections.all():
            held.enter_context(connection.execute_wrapper(_refuse_changes))
        yield


def _refuse_changes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if sql.lstrip(" (\n\t").partition(" ")[0].upper().rstrip(";") not in ASKING:
        admit("", "POST")
    return execute(sql, params, many, context)
