"""What the filters of the list offer to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller
from utfall.portal.access.errors import Problem, Words
from utfall.portal.conversions.contracts import Filters
from utfall.portal.conversions.reasons import sentence_of
from utfall.portal.conversions.words import DECLINED_BECAUSE, METHODS, OUTCOMES, TOUCHES, UNPAID_BECAUSE
from utfall.portal.look.choosing import UNKNOWN, Offer, found
from utfall.portal.partners import facade as partners
from utfall.portal.programs import facade as programs
from utfall.portal.tracking.words import OUTCOMES as OUTCOME_WORDS

Named = Sequence[tuple[int | str, Words]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Values with their words, for the filters that have few."""

    programs: Named
    publishers: "WhoseForm"
    outcomes: Named
    methods: Named
    reasons: Named
    declines: Named
    more: int
    """How many of the further filters are in use: they are shown when any is."""


_MORE = (
    *("reason", "code", "sub", "link", "country", "device", "channel", "customer", "method", "source"),
    *("currency", "amount_from_micros", "amount_to_micros", "commission_from_micros"),
    *("commission_to_micros", "outcome"),
)


def choices_of(caller: Caller, filters: Filters) -> Choices:
    """What this caller may choose from."""
    return Choices(
        programs=programs.choices(caller),
        publishers=WhoseForm(
            initial={"publisher": filters.publisher}, offer=partners.publishers_offered(caller)
        ),
        outcomes=[(one, OUTCOME_WORDS[one]) for one in OUTCOMES],
        methods=[(one, TOUCHES[one]) for one in METHODS],
        reasons=[(one, sentence_of(one, "unpaid")) for one in UNPAID_BECAUSE],
        declines=[(one, sentence_of(one, "declined")) for one in DECLINED_BECAUSE],
        more=sum(1 for name in _MORE if getattr(filters, name) not in ("", None)),
    )


class WhoseForm(forms.Form):
    """Whose orders are shown: every publisher's, where none is chosen."""

    def __init__(self, *args: Any, offer: Offer, **more: Any) -> None:
        super().__init__(*args, **more)
        words = {"placeholder": _("Every publisher"), "aria-label": _("Publisher")}
        field = offer.field(empty=_("Every publisher"), required=False)
        field.widget.attrs |= {**words, "class": "form-control" if offer.search else "form-select"}
        self.fields["publisher"] = field
        self.is_choice = offer.search is not None or bool(offer.choices)


def numbered(caller: Caller, given: QueryDict) -> tuple[QueryDict, list[Problem]]:
    """An address with its publisher by number, where somebody typed a name that is one's alone; and what is
    wrong where it is nobody's.
    """
    told = given.get("publisher", "")
    if not told or told.isdecimal():
        return given, []
    search = partners.publishers_offered(caller).search
    one = found(search, told) if search else None
    if one is None:
        return given, [Problem("unknown_publisher", UNKNOWN, "publisher")]
    read = given.copy()
    read["publisher"] = str(one[0])
    return read, []
