"""Which columns somebody chose to see; kept in a cookie of this browser's."""

from collections.abc import Iterable
from typing import Final

from django.http import HttpRequest, HttpResponse

from utfall.portal.conversions.contracts import Party
from utfall.portal.conversions.words import COLUMNS, USUAL, Column

COOKIE: Final = "order_columns"
YEAR_S: Final = 365 * 86_400


def offered(party: Party) -> list[Column]:
    """The columns that this side may see."""
    return [one for one in COLUMNS if one.side in ("", party)]


def chosen(request: HttpRequest, party: Party) -> list[Column]:
    """The columns to show, in their order: those that were chosen, else the usual ones."""
    keys = request.COOKIES.get(COOKIE, "").split(".")
    return _among(party, keys) or _among(party, USUAL[party])


def choose(answer: HttpResponse, request: HttpRequest, party: Party, keys: Iterable[str]) -> None:
    """Remember a choice; choosing none brings the usual ones back."""
    kept = [one.key for one in _among(party, keys)]
    if kept:
        answer.set_cookie(
            COOKIE,
            ".".join(kept),
            max_age=YEAR_S,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    else:
        answer.delete_cookie(COOKIE, samesite="Lax")


def _among(party: Party, keys: Iterable[str]) -> list[Column]:
    wanted = set(keys)
    return [one for one in offered(party) if one.key in wanted]
