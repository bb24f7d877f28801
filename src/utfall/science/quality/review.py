"""Every detector over the same rows, and what is at stake for each publisher."""

from collections import Counter
from collections.abc import Mapping, Sequence

from utfall.science.quality.codes import leaked_codes, leaks
from utfall.science.quality.flooding import flooded_clicks, robot_clicks, surges
from utfall.science.quality.grouping import Place, by_place
from utfall.science.quality.identity import duplicate_leads, own_identities, own_orders
from utfall.science.quality.rows import Clicked, Findings, Ordered, Stake, Verdict
from utfall.science.quality.timing import late_clicks, quick_clicks


def review(
    orders: Sequence[Ordered],
    clicks: Sequence[Clicked],
    own: Mapping[int, frozenset[str]] | None = None,
) -> Findings:
    """What is doubtful. Each order once; clicks without those that said they were robots; `own` are visitors
    and customers that are known to be a publisher.
    """
    bursts, leaked = surges(clicks), leaks(orders)
    verdicts = (
        *own_identities(orders, own or {}),
        *late_clicks(orders),
        *quick_clicks(orders),
        *flooded_clicks(orders, bursts),
        *robot_clicks(clicks, bursts),
        *own_orders(orders),
        *duplicate_leads(orders),
        *leaked_codes(orders, leaked),
    )
    return Findings(
        verdicts=verdicts, periods=(*bursts, *leaked), stakes=tuple(_stakes(orders, clicks, verdicts))
    )


def _stakes(orders: Sequence[Ordered], clicks: Sequence[Clicked], verdicts: Sequence[Verdict]) -> list[Stake]:
    """One line for each publisher in a program and currency; the most at stake first."""
    doubtful = {one.subject for one in verdicts if one.is_order}
    clicked, said = Counter(Place(one.program, one.publisher) for one in clicks), by_place(verdicts)
    found = []
    for place, mine in by_place(orders).items():
        told = said.get(place, [])
        for currency in sorted({one.currency for one in mine}):
            found.append(_stake(place, currency, mine, doubtful, told, clicked[place]))
    return sorted(found, key=lambda one: (-one.at_stake_micros, one.program, one.publisher))


def _stake(
    place: Place,
    currency: str,
    orders: Sequence[Ordered],
    doubtful: set[str],
    told: Sequence[Verdict],
    clicks: int,
) -> Stake:
    mine = [one for one in orders if one.currency == currency]
    ids = {one.id for one in mine}
    of_these = [one for one in told if one.subject in ids or not one.is_order]
    return Stake(
        program=place.program,
        publisher=place.publisher,
        currency=currency,
        orders=len(mine),
        doubtful=sum(one.id in doubtful for one in mine),
        owed_micros=sum(one.owed_micros for one in mine),
        at_stake_micros=sum(one.owed_micros for one in mine if one.id in doubtful),
        clicks=clicks,
        doubtful_clicks=len({one.subject for one in told if not one.is_order}),
        by_detector=dict(Counter(one.detector for one in of_these)),
    )
