"""What rules, prices and limits of a receipt are called; for publishers prices have no names but amounts."""

from typing import Any

from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Kind, NotFound
from utfall.portal.commission import facade as commission
from utfall.portal.look.formats import money, share
from utfall.portal.programs import facade as programs
from utfall.terms import Measure


class Rules:
    """The rules and limits of a program, as far as the caller may know them."""

    def __init__(self, caller: Caller, program: int | None) -> None:
        self._caller = caller
        self._program = program
        self._names: dict[int, str] = {}

    def name(self, rule: int | None) -> str:
        """A rule's name; its number for who may not read it."""
        if rule is None:
            return ""
        if rule not in self._names:
            self._names[rule] = self._named(rule)
        return self._names[rule]

    def _named(self, rule: int) -> str:
        try:
            found = commission.rule(self._caller, rule)
        except NotFound:
            return f"#{rule}"
        return found.draft.name or f"#{rule}"

    def price(self, price: dict[str, Any] | None, currency: str) -> str:
        """A price as it was applied."""
        match price:
            case {"type": "share", "ppm": int(ppm)}:
                return share(ppm)
            case {"type": "flat", "micros": int(micros), "per": "unit"}:
                return _("%(amount)s per unit") % {"amount": money(micros, currency)}
            case {"type": "tiered"}:
                return _("in steps")
            case {"micros": int(micros)}:
                return money(micros, currency)
        return ""

    def limit(self, limit: int) -> tuple[str, str, bool]:
        """A limit's name, what it counts (empty: everything), and whether it counts rather than sums."""
        if self._program is None or self._caller.kind is Kind.PUBLISHER:
            return f"#{limit}", "", False
        try:
            found = programs.limit(self._caller, self._program, limit, ever=True)
        except NotFound:
            return f"#{limit}", "", False
        return found.name or f"#{limit}", programs.counted_words(found), found.measure is Measure.COUNT
