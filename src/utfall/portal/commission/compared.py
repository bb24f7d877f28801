"""The report of a what-if as people read it: totals, publishers, rules, examples, and cautions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Kind
from utfall.portal.access.times import from_ms
from utfall.portal.commission import facade
from utfall.portal.commission.contracts import RuleDraft
from utfall.portal.commission.preview import Preview
from utfall.portal.commission.wording import rule_words
from utfall.portal.look.formats import money, share
from utfall.portal.people import facade as people
from utfall.portal.programs.contracts import ProgramView
from utfall.terms import Flat, Portion, Tiered

CAUTIONS: Final[Mapping[str, Promise]] = {
    "other_engine": gettext_lazy(
        "An earlier version of Utfall settled some of it; here this one settles all."
    ),
    "total_tiers_start_empty": gettext_lazy(
        "Prices in steps that count in total begin at the first step, as if nothing had been sold before."
    ),
    "total_limits_start_empty": gettext_lazy(
        "Limits in total begin empty here, so they stop later than they did."
    ),
    "customers_count_from_warm_up": gettext_lazy(
        "A customer's earlier orders count only from shortly before."
    ),
    "addresses_of_others_not_seen": gettext_lazy(
        "Fast clicks of one address are judged by your clicks alone."
    ),
}
OF_STEPS: Final = gettext_lazy(
    "Corrections of prices in steps are in the sums of publishers and rules;"
    " an order shows what it earned itself."
)
REASONS: Final[Mapping[str, Promise]] = {
    "no_touch": gettext_lazy("Nobody led to the order."),
    "no_rule": gettext_lazy("No rule fits the order."),
    "cap_reached": gettext_lazy("A cap was reached."),
    "budget_exhausted": gettext_lazy("The budget was used up."),
    "channel_excluded": gettext_lazy("Another channel has the order."),
    "program_not_active": gettext_lazy("The program was not active."),
    "program_paused": gettext_lazy("The program was paused."),
    "not_enrolled": gettext_lazy("The publisher was not in the program."),
}
"""Why an order pays nobody."""
SHOWN: Final = 200
MOST_EXAMPLES: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Before and after of one publisher or rule. `bar` is where its difference lies, from -100 to 100.

    `corrected_before`, `corrected_after`: the part of it by which retroactive steps corrected orders.
    """

    name: str
    detail: str
    before: int
    after: int
    orders_before: int
    orders_after: int
    won: int = 0
    lost: int = 0
    bar: float = 0
    corrected_before: int = 0
    corrected_after: int = 0

    @property
    def difference(self) -> int:
        """What is more; negative, what is less."""
        return self.after - self.before

    @property
    def start(self) -> str:
        """Where the bar begins in a picture that is 200 wide; as SVG writes numbers."""
        return f"{100 + min(self.bar, 0):g}"

    @property
    def width(self) -> str:
        """How long the bar is."""
        return f"{abs(self.bar):g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One order on both sides, with how its commission comes about."""

    reference: str
    occurred_at: datetime
    amount: int
    before: "Side"
    after: "Side"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """How an order came out: who was paid, how much, and by which rules."""

    publisher: str
    micros: int
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedView:
    """A what-if as its page shows it. Money is micros of the program's currency; what was corrected is as in
    `Line`.
    """

    before: int
    after: int
    fee_before: int
    fee_after: int
    corrected_before: int
    corrected_after: int
    orders: int
    orders_changed: int
    orders_payer: int
    won: int
    lost: int
    publishers: list[Line]
    rules: list[Line]
    examples: list[Example]
    cautions: list[Promise]

    @property
    def difference(self) -> int:
        """What would have been paid more in commission; negative, less."""
        return self.after - self.before

    @property
    def change_ppm(self) -> int | None:
        """The difference as a share of what was paid."""
        return self.difference * 1_000_000 // self.before if self.before else None

    @property
    def is_same(self) -> bool:
        """Whether nothing would have been paid otherwise."""
        return not self.difference and not self.orders_changed and not self.orders_payer


def compared(caller: Caller, program: ProgramView, found: Preview) -> ComparedView:
    """A report in the program's currency, with names."""
    report = found.report or {}
    total = next((one for one in report["totals"] if one["currency"] == program.currency), None) or _NOTHING
    names = _Names(caller, program, found, report)
    return ComparedView(
        before=total["before"]["commission_micros"],
        after=total["after"]["commission_micros"],
        fee_before=total["before"]["fee_micros"],
        fee_after=total["after"]["fee_micros"],
        corrected_before=_corrected(total["before"]),
        corrected_after=_corrected(total["after"]),
        orders=report["orders"],
        orders_changed=report["orders_with_another_commission"],
        orders_payer=report["orders_with_another_payer"],
        won=report["orders_paid_only_after"],
        lost=report["orders_paid_only_before"],
        publishers=_lines(report["publishers"], program, names.of_publisher),
        rules=_lines(report["rules"], program, names.of_rule),
        examples=[names.example(one) for one in report["examples"][:MOST_EXAMPLES]],
        cautions=[*names.facts(), *(CAUTIONS[one] for one in report["cautions"] if one in CAUTIONS)],
    )


_NOTHING: Final = {
    side: {"commission_micros": 0, "fee_micros": 0, "orders": 0} for side in ("before", "after")
}


def _lines(rows: Sequence[Mapping[str, Any]], program: ProgramView, name: Any) -> list[Line]:
    own = [one for one in rows if one["currency"] == program.currency][:SHOWN]
    differences = [one["after"]["commission_micros"] - one["before"]["commission_micros"] for one in own]
    most = max((abs(one) for one in differences), default=0) or 1
    return [
        Line(
            name=title,
            detail=detail,
            before=one["before"]["commission_micros"],
            after=one["after"]["commission_micros"],
            orders_before=one["before"]["orders"],
            orders_after=one["after"]["orders"],
            won=one.get("orders_won", 0),
            lost=one.get("orders_lost", 0),
            bar=difference * 1000 // most / 10,
            corrected_before=_corrected(one["before"]),
            corrected_after=_corrected(one["after"]),
        )
        for one, difference in zip(own, differences, strict=True)
        for title, detail in [name(one)]
    ]


def _corrected(sums: Mapping[str, Any]) -> int:
    """What of a side corrections come to; reports of earlier versions do not say it."""
    micros: int = sums.get("correction_micros", 0)
    return micros


class _Names:
    """Who and what the numbers of a report are."""

    def __init__(
        self, caller: Caller, program: ProgramView, found: Preview, report: Mapping[str, Any]
    ) -> None:
        sides = [one[side] for one in report["examples"] for side in ("before", "after")]
        numbers = {one["publisher"] for one in [*report["publishers"], *sides] if one["publisher"]}
        self.program = program
        self.parties = people.parties(Kind.PUBLISHER, numbers)
        self.after = dict(zip(found.ids, found.rules, strict=True))
        self.before = {one.id: one.draft for one in facade.rules(caller, program.id)}
        self.names = facade.names_of(caller, program.id, [*self.after.values(), *self.before.values()])

    def facts(self) -> list[Promise]:
        """What is to be known of the rules on either side."""
        drafts = (*self.before.values(), *self.after.values())
        return [OF_STEPS] if any(isinstance(one.price, Tiered) for one in drafts) else []

    def of_publisher(self, one: Mapping[str, Any]) -> tuple[str, str]:
        """A publisher by its name."""
        return self._publisher(one["publisher"]), ""

    def of_rule(self, one: Mapping[str, Any]) -> tuple[str, str]:
        """A rule by its name, and in words as it is in the draft."""
        draft = self.after.get(one["rule"]) or self.before.get(one["rule"])
        if draft is None:
            return _("Rule %(number)s") % {"number": one["rule"]}, ""
        return draft.name, rule_words(draft, self.program.currency, self.names)

    def example(self, one: Mapping[str, Any]) -> Example:
        """One order."""
        return Example(
            reference=one["reference"],
            occurred_at=from_ms(one["occurred_at"]),
            amount=one["amount_micros"],
            before=self._side(one, "before", self.before),
            after=self._side(one, "after", self.after),
        )

    def _side(self, one: Mapping[str, Any], name: str, rules: Mapping[int, RuleDraft]) -> Side:
        side = one[name]
        return Side(
            publisher=self._publisher(side["publisher"]) if side["publisher"] else "",
            micros=side["commission_micros"],
            says=self._says(one, side, rules),
        )

    def _says(self, one: Mapping[str, Any], side: Mapping[str, Any], rules: Mapping[int, RuleDraft]) -> str:
        """How the commission comes about, as its receipt would say; the reason where there is none."""
        if side["reason"]:
            return str(REASONS.get(side["reason"], side["reason"]))
        known = [rules[number] for number in side["rules"] if number in rules]
        if len(known) == 1 and (arithmetic := self._arithmetic(one, side, known[0])):
            return arithmetic
        return ", ".join(_("“%(name)s”") % {"name": rule.name} for rule in known)

    def _arithmetic(self, one: Mapping[str, Any], side: Mapping[str, Any], rule: RuleDraft) -> str:
        currency = self.program.currency
        words = {"rule": rule.name, "amount": money(one["amount_micros"], currency)}
        match rule.price:
            case Portion(ppm=ppm) if one["amount_micros"] * ppm // 1_000_000 == side["commission_micros"]:
                return _("%(amount)s × %(share)s (%(rule)s)") % {**words, "share": share(ppm)}
            case Flat(micros=micros) if micros == side["commission_micros"]:
                return _("%(price)s for the order (%(rule)s)") % {**words, "price": money(micros, currency)}
            case Tiered():
                return _("in steps (%(rule)s)") % words
        return ""

    def _publisher(self, number: int) -> str:
        party = self.parties.get(number)
        return party.name if party else _("Publisher %(number)s") % {"number": number}
