"""Traffic quality against planted truth: recall and false positives of each attack, for several seeds.

    python benchmarks/quality.py --seeds 1 2 3 4 --days 180 --json var/bench/quality.json

Each seed is a market of `utfall.demo.simulation` (docs/algorithms/demo-market.md). The detectors see what an
installation knows, people as pseudonyms, and never a label. An order that was told twice counts once. Robots
bring clicks and no orders: their recall is over clicks, all others' over orders. *Flooded periods* are clicks
in days that were found to be a burst; *nothing planted* is the same market without what was planted. Wanted:
recall >= 0.9 at no more than 0.5 % of honest orders. What is owed is the program's plain rate.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from utfall.demo.cast import APP, PARTNERS, SERVICE, SHOP
from utfall.demo.simulation import World, generate
from utfall.demo.truth import ATTACKS, Label
from utfall.events import Click, Conversion, Outcome
from utfall.science.quality import Clicked, Detector, Findings, Ordered, Touched, review

FLOOD = (Label.CLICK_FLOODING, Label.HONEST)
RECALL, FALSE = 0.9, 0.005
HOLDERS = {one.code: one.number for one in PARTNERS if one.code}
SHOP_SHARE, FIXED_MICROS = 0.07, {SERVICE: 350_000_000, APP: 22_000_000}
FOUND_BY = {
    Label.COUPON_POACHING: {Detector.LATE_CLICK, Detector.QUICK_CLICK},
    Label.CLICK_FLOODING: {Detector.FLOODED_CLICK},
    Label.BOT: {Detector.ROBOT_CLICKS},
    Label.SELF_REFERRAL: {Detector.OWN_ORDER, Detector.OWN_IDENTITY},
    Label.DUPLICATE_LEAD: {Detector.DUPLICATE_LEAD},
    Label.LEAKED_CODE: {Detector.LEAKED_CODE},
}


@dataclass
class Measured:
    """One attack in one market, or all of them: what was planted, found, and wrongly blamed."""

    seed: int
    attack: str
    subjects: str
    planted: int
    found: int
    recall: float
    honest: int
    wrongly_blamed: int
    false_positive_rate: float
    is_as_wanted: bool


def ordered(told: Conversion) -> Ordered | None:
    """An order as an installation knows it; None where nobody claims it."""
    holder = HOLDERS.get(told.code or "")
    last = max(told.clicks, key=lambda one: one.at, default=None)
    publisher = last.publisher if last else holder
    if publisher is None or told.program is None:
        return None
    value = round(SHOP_SHARE * sum(line.amount_micros for line in told.lines))
    return Ordered(
        id=told.order,
        at=told.occurred_at,
        program=told.program,
        publisher=publisher,
        touches=tuple(Touched(one.at, one.publisher) for one in told.clicks),
        visitor=told.visitor,
        customer=told.customer,
        address=told.address,
        device=told.device,
        checkout_at=told.checkout_at,
        code=told.code,
        code_holder=holder,
        is_lead=told.outcome is Outcome.LEAD,
        owed_micros=value if told.program == SHOP else FIXED_MICROS[told.program],
        currency=told.currency,
    )


def known(world: World) -> tuple[list[Ordered], list[Clicked], dict[str, Label]]:
    """What the installation knows, and beside it what is true of each order and click."""
    orders: dict[str, Ordered] = {}
    clicks, labels = [], {}
    for event in world.events:
        if isinstance(event, Conversion) and event.order not in orders:
            order = ordered(event)
            if order is not None:
                orders[order.id], labels[order.id] = order, world.truth.label_of(event.id)
        elif isinstance(event, Click) and event.robot is None:
            clicks.append(
                Clicked(
                    id=event.id,
                    at=event.occurred_at,
                    program=event.program,
                    publisher=event.publisher,
                    address=event.address,
                    device=event.device,
                )
            )
            labels[event.id] = world.truth.label_of(event.id)
    return list(orders.values()), clicks, labels


def score(seed: int, name: str, planted: set[str], blamed: set[str], honest: set[str], what: str) -> Measured:
    """Recall over what was planted, false positives over what is honest."""
    found, wrong = len(planted & blamed), len(honest & blamed)
    recall, rate = (found / len(planted) if planted else 1.0), wrong / max(len(honest), 1)
    return Measured(
        *(seed, name, what, len(planted), found, round(recall, 4), len(honest), wrong, round(rate, 5)),
        is_as_wanted=recall >= RECALL and rate <= FALSE,
    )


def is_inside(one: Clicked, findings: Findings) -> bool:
    """Whether a click came in a period that orders were blamed in as flooded."""
    return any(
        period.since <= one.at < period.until
        and (period.program, period.publisher) == (one.program, one.publisher)
        for period in findings.periods
        if period.detector is Detector.FLOODED_CLICK
    )


def compare(seed: int, world: World) -> tuple[list[Measured], Findings, float]:
    """Every attack of a market, and all of them; how long the detectors took."""
    orders, clicks, labels = known(world)
    begun = time.perf_counter()
    findings = review(orders, clicks)
    seconds = time.perf_counter() - begun
    ids = {"orders": {one.id for one in orders}, "clicks": {one.id for one in clicks}}
    measured = []
    for label in ATTACKS:
        what = "clicks" if label is Label.BOT else "orders"
        blamed = {one.subject for one in findings.verdicts if one.detector in FOUND_BY[label]}
        of = {kind: {one for one in ids[what] if labels[one] is kind} for kind in (label, Label.HONEST)}
        measured.append(score(seed, label.value, of[label], blamed, of[Label.HONEST], what))
    flooded = {label: {one for one in ids["clicks"] if labels[one] is label} for label in FLOOD}
    inside = {one.id for one in clicks if is_inside(one, findings)}
    measured.append(score(seed, "flooded periods", *(flooded[FLOOD[0]], inside, flooded[FLOOD[1]]), "clicks"))
    doubtful = {one.subject for one in findings.verdicts}
    honest = {one for one in ids["orders"] if labels[one] is Label.HONEST}
    measured.append(score(seed, "all", ids["orders"] - honest, doubtful, honest, "orders"))
    calm = [one for one in orders if labels[one.id] is Label.HONEST]
    at_peace = review(calm, [one for one in clicks if labels[one.id] is Label.HONEST])
    blamed = {one.subject for one in at_peace.verdicts}
    measured.append(score(seed, "nothing planted", set(), blamed, honest, "orders"))
    return measured, findings, seconds


def show(measured: Sequence[Measured]) -> None:
    """A table for people."""
    print(f"{'seed':>4}  {'attack':16} {'found':>12} {'recall':>7} {'wrong':>12} {'false':>8}  wanted")
    for one in measured:
        found, wrong = f"{one.found}/{one.planted}", f"{one.wrongly_blamed}/{one.honest}"
        verdict = "yes" if one.is_as_wanted else "NO"
        print(
            f"{one.seed:>4}  {one.attack:16} {found:>12} {one.recall:>7.3f} {wrong:>12} "
            f"{one.false_positive_rate:>8.3%}  {verdict}  ({one.subjects})"
        )


def main() -> int:
    """Measure every seed; the exit code says whether all is as wanted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4])
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--examples", action="store_true", help="one sentence of each detector")
    asked = parser.parse_args()
    measured: list[Measured] = []
    for seed in asked.seeds:
        rows, findings, seconds = compare(seed, generate(seed, asked.days, asked.scale))
        measured += rows
        show(rows)
        print(f"      {seconds:.2f} s")
        if asked.examples:
            for one in {verdict.detector: verdict for verdict in findings.verdicts}.values():
                print(f"      {one.detector}: {one.says}")
    if asked.json:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_text(json.dumps([asdict(one) for one in measured], indent=2) + "\n")
    return 0 if all(one.is_as_wanted for one in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
