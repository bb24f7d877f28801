"""The form of one rule: it only parses; the facade decides."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.events import Outcome
from utfall.portal.access.errors import Words
from utfall.portal.commission.checking import ACTION_CHARS, NAME_CHARS, TOUCHES
from utfall.portal.commission.contracts import RuleDraft
from utfall.portal.commission.stepping import (
    COUNTS,
    HOLDS,
    MEASURES,
    PAYS,
    PERIODS,
    Counts,
    Holds,
    Pays,
    filled,
    initial_steps,
    read_rows,
    rows_in,
)
from utfall.portal.commission.wording import OUTCOMES
from utfall.portal.look.fields import MomentField, MoneyField, ShareField
from utfall.terms import Condition, Flat, PerThousand, Portion, Price, Step, Tiered, TierMeasure, TierPeriod
from utfall.terms.market import MOST_STEPS


class PriceKind(StrEnum):
    """How a price is counted."""

    SHARE = "share"
    FLAT = "flat"
    PER_UNIT = "per_unit"
    PER_THOUSAND = "per_thousand"
    TIERED = "tiered"


class Who(StrEnum):
    """Whom a rule is for."""

    ALL = "all"
    GROUP = "group"
    PUBLISHER = "publisher"


PRICE_KINDS: Final[dict[PriceKind, Words]] = {
    PriceKind.SHARE: _("A share of the order"),
    PriceKind.FLAT: _("An amount for each"),
    PriceKind.PER_UNIT: _("An amount per unit sold"),
    PriceKind.PER_THOUSAND: _("An amount per thousand"),
    PriceKind.TIERED: _("In steps"),
}
WHO: Final[dict[Who, Words]] = {
    Who.ALL: _("Every publisher"),
    Who.GROUP: _("A partner group"),
    Who.PUBLISHER: _("One publisher"),
}


def price_kinds_of(outcome: Outcome) -> tuple[PriceKind, ...]:
    """How an outcome can be priced."""
    if outcome is Outcome.SALE:
        return (PriceKind.SHARE, PriceKind.FLAT, PriceKind.PER_UNIT, PriceKind.TIERED)
    if outcome in TOUCHES:
        return (PriceKind.PER_THOUSAND, PriceKind.FLAT)
    return (PriceKind.FLAT, PriceKind.TIERED)


STEP_FIELDS: Final = frozenset({"measure", "steps_period", "holds", "counted", "pays"})
USEFUL: Final[dict[PriceKind, frozenset[str]]] = {
    PriceKind.SHARE: frozenset({"share"}),
    PriceKind.TIERED: STEP_FIELDS,
}
"""What is asked for beside the kind of price; of all others an amount."""


class RuleForm(forms.Form):
    """Everything of a rule but its condition. Fields that the outcome has no use for are not there."""

    name = forms.CharField(
        label=_("Name"), max_length=NAME_CHARS, help_text=_("Publishers see it, and receipts show it.")
    )
    outcome = forms.ChoiceField(
        label=_("For each"), choices=[(one.value, words) for one, words in OUTCOMES.items()]
    )
    action = forms.CharField(
        label=_("Named"),
        max_length=ACTION_CHARS,
        required=False,
        help_text=_("As your tracking names it; empty: any."),
    )
    price_kind = forms.ChoiceField(label=_("Pay"))
    share = ShareField(label=_("Share"))
    amount = MoneyField(label=_("Amount"))
    measure = forms.ChoiceField(
        label=_("What counts"), choices=[(one.value, words) for one, words in MEASURES.items()]
    )
    steps_period = forms.ChoiceField(
        label=_("Begins anew"), choices=[(one.value, words) for one, words in PERIODS.items()]
    )
    holds = forms.ChoiceField(
        label=_("A step holds for"), choices=[(one.value, words) for one, words in HOLDS.items()]
    )
    counted = forms.ChoiceField(
        label=_("Counted"), choices=[(one.value, words) for one, words in COUNTS.items()]
    )
    pays = forms.ChoiceField(label=_("Each step pays"))
    who = forms.ChoiceField(label=_("For"), choices=[(one.value, words) for one, words in WHO.items()])
    group = forms.TypedChoiceField(label=_("Partner group"), coerce=int)
    publisher = forms.TypedChoiceField(label=_("Publisher"), coerce=int)
    ends_at = MomentField(
        label=_("Ends by itself"), required=False, help_text=_("For a campaign. Empty: until you change it.")
    )

    def __init__(
        self,
        data: Any = None,
        *,
        initial: dict[str, Any] | None = None,
        currency: str,
        groups: list[tuple[int, str]],
        publishers: list[tuple[int, str]],
    ) -> None:
        super().__init__(data, auto_id="rule_%s", initial=initial)
        self.currency = currency
        self.rows = rows_in(self._given)
        self.chosen_outcome = self._chosen(Outcome, "outcome", Outcome.SALE)
        kinds = price_kinds_of(self.chosen_outcome)
        self.chosen_price = self._chosen(PriceKind, "price_kind", kinds[0])
        if self.chosen_price not in kinds:
            self.chosen_price = kinds[0]
        self.chosen_who = self._chosen(Who, "who", Who.ALL)
        self._choices("price_kind", [(one.value, PRICE_KINDS[one]) for one in kinds])
        self._choices("group", [(number, name) for number, name in groups])
        self._choices("publisher", [(number, name) for number, name in publishers])
        self.fields["amount"].suffix = currency  # type: ignore[attr-defined]
        self._begin_steps()
        for name in ("outcome", "price_kind", "who", "measure", "pays"):
            # What these say decides which fields there are: static/commission/commission.js.
            self.fields[name].widget.attrs["data-reshape"] = True
        self._drop_what_is_of_no_use()

    @property
    def _given(self) -> Any:
        return self.data if self.is_bound else self.initial

    def _chosen(self, kind: Any, name: str, otherwise: Any) -> Any:
        given = self._given.get(name)
        return kind(given) if given in {one.value for one in kind} else otherwise

    def _choices(self, name: str, choices: list[tuple[Any, Words]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField), "only choices have choices"
        field.choices = choices

    def _begin_steps(self) -> None:
        """Only of a sale a share can be paid."""
        outcome = self.chosen_outcome
        usual = TierMeasure.AMOUNT if outcome is Outcome.SALE else TierMeasure.ORDERS
        self.chosen_measure: TierMeasure = self._chosen(TierMeasure, "measure", usual)
        self.chosen_pays: Pays = self._chosen(Pays, "pays", Pays.SHARE)
        if outcome is not Outcome.SALE:
            self.chosen_pays = Pays.FLAT
        kinds = tuple(Pays) if outcome is Outcome.SALE else (Pays.FLAT,)
        self._choices("pays", [(one.value, PAYS[one]) for one in kinds])
        self.fields["measure"].initial = usual.value

    def _drop_what_is_of_no_use(self) -> None:
        useless = {"share", "amount", *STEP_FIELDS} - USEFUL.get(self.chosen_price, frozenset({"amount"}))
        useless |= {"group", "publisher"} - {self.chosen_who.value}
        if self.chosen_outcome not in (Outcome.LEAD, Outcome.ACTION):
            useless.add("action")
        if self.chosen_who is Who.PUBLISHER:
            useless.add("counted")
        if self.chosen_outcome is not Outcome.SALE:
            self.fields["pays"].widget = forms.HiddenInput()
        for name in useless:
            del self.fields[name]

    @property
    def takes_more(self) -> bool:
        """Whether one more step may be added."""
        return len(self.rows) < MOST_STEPS

    def clean(self) -> dict[str, Any]:
        """The steps are read together with what they are counted in."""
        given = super().clean() or {}
        if self.chosen_price is PriceKind.TIERED:
            steps = read_rows(filled(self.rows), self.chosen_measure, self.chosen_pays)
            for row in self.rows:
                for why in filter(None, (row.start_problem, row.pays_problem)):
                    words = {"number": row.number, "why": why}
                    self.add_error(None, _("Step %(number)s: %(why)s") % words)
            if not self.rows:
                self.add_error(None, _("Write 1 to %(most)s steps.") % {"most": MOST_STEPS})
            given["steps"] = steps
        return given

    def tiered(self) -> Tiered | None:
        """The price in steps as far as it was typed; None while it says nothing yet."""
        if self.chosen_price is not PriceKind.TIERED:
            return None
        steps = read_rows(filled(rows_in(self._given)), self.chosen_measure, self.chosen_pays)
        return None if steps is None else self._tiered(steps)

    def _tiered(self, steps: tuple[Step, ...]) -> Tiered:
        return Tiered(
            self.chosen_measure,
            self._chosen(TierPeriod, "steps_period", TierPeriod.MONTH),
            steps,
            shared=self._chosen(Counts, "counted", Counts.ALONE) is Counts.TOGETHER
            and "counted" in self.fields,
            retroactive=self._chosen(Holds, "holds", Holds.MARGINAL) is Holds.RETROACTIVE,
        )

    def draft(self, when: Condition | None) -> RuleDraft:
        """The rule as it was typed, with a condition."""
        given = self.cleaned_data
        return RuleDraft(
            name=given["name"],
            outcome=Outcome(given["outcome"]),
            price=self._price(),
            when=when,
            action=given.get("action") or "",
            group=given.get("group"),
            publisher=given.get("publisher"),
            ends_at=given["ends_at"],
        )

    def _price(self) -> Price:
        match self.chosen_price:
            case PriceKind.TIERED:
                return self._tiered(self.cleaned_data["steps"])
            case PriceKind.SHARE:
                return Portion(ppm=self.cleaned_data["share"])
            case PriceKind.PER_UNIT:
                return Flat(micros=self.cleaned_data["amount"], per="unit")
            case PriceKind.PER_THOUSAND:
                return PerThousand(micros=self.cleaned_data["amount"])
        return Flat(micros=self.cleaned_data["amount"])


def initial_of(draft: RuleDraft, zone: str) -> dict[str, Any]:
    """A rule as its form begins."""
    who = Who.PUBLISHER if draft.publisher is not None else Who.GROUP if draft.group is not None else Who.ALL
    found: dict[str, Any] = {
        "name": draft.name,
        "outcome": draft.outcome.value,
        "action": draft.action,
        "who": who.value,
        "group": draft.group,
        "publisher": draft.publisher,
        "ends_at": draft.ends_at and in_zone(draft.ends_at, zone),
    }
    match draft.price:
        case Portion(ppm=ppm):
            return {**found, "price_kind": PriceKind.SHARE.value, "share": ppm}
        case PerThousand(micros=micros):
            return {**found, "price_kind": PriceKind.PER_THOUSAND.value, "amount": micros}
        case Flat(micros=micros, per=per):
            kind = PriceKind.PER_UNIT if per == "unit" else PriceKind.FLAT
            return {**found, "price_kind": kind.value, "amount": micros}
        case Tiered():
            return {**found, "price_kind": PriceKind.TIERED.value, **initial_steps(draft.price)}


def in_zone(when: datetime, zone: str) -> datetime:
    """A moment on the clocks of a program."""
    return timezone.localtime(when, ZoneInfo(zone))


class Start(StrEnum):
    """When a change takes effect."""

    NOW = "now"
    LATER = "later"


class ReviewForm(forms.Form):
    """From when on a change holds, and why it is made."""

    start = forms.ChoiceField(
        label=_("Takes effect"),
        choices=[(Start.NOW.value, _("At once")), (Start.LATER.value, _("Later"))],
        widget=forms.RadioSelect,
        initial=Start.NOW.value,
    )
    effective_from = MomentField(label=_("From"), required=False)
    why = forms.CharField(
        label=_("Why"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For your colleagues and the log; publishers do not see it."),
    )

    def clean(self) -> dict[str, Any]:
        """Later needs to say when."""
        given = super().clean() or {}
        if given.get("start") == Start.LATER.value and not given.get("effective_from"):
            if "effective_from" not in self.errors:
                self.add_error("effective_from", _("Say from when on."))
        elif given.get("start") == Start.NOW.value:
            given["effective_from"] = None
        return given
