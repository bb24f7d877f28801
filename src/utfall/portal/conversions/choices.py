"""What the filters of the list offer to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

from utfall.portal.access import Caller, Kind
from utfall.portal.access.errors import Words
from utfall.portal.conversions.contracts import Filters
from utfall.portal.conversions.reasons import sentence_of
from utfall.portal.conversions.words import DECLINED_BECAUSE, METHODS, OUTCOMES, TOUCHES, UNPAID_BECAUSE
from utfall.portal.partners import facade as partners
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.portal.tracking.words import OUTCOMES as OUTCOME_WORDS

MANY = 200
Named = Sequence[tuple[int | str, Words]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Values with their words, for the filters that have few."""

    programs: Named
    publishers: Named
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
        publishers=_publishers(caller),
        outcomes=[(one, OUTCOME_WORDS[one]) for one in OUTCOMES],
        methods=[(one, TOUCHES[one]) for one in METHODS],
        reasons=[(one, sentence_of(one, "unpaid")) for one in UNPAID_BECAUSE],
        declines=[(one, sentence_of(one, "declined")) for one in DECLINED_BECAUSE],
        more=sum(1 for name in _MORE if getattr(filters, name) not in ("", None)),
    )


def _publishers(caller: Caller) -> Named:
    """The caller's partners, by name; a publisher has no others to choose from."""
    if caller.kind is Kind.PUBLISHER:
        return ()
    numbers = {one.publisher for one in partners.partnerships(caller, count=MANY).items}
    named = people.party_names(Kind.PUBLISHER, numbers)
    return sorted(named.items(), key=lambda one: one[1].casefold())
