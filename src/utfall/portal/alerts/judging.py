"""One rule against what is known: what holds now, and whether what was raised before still does.

A judgement has a subject (a rule on budgets has one for each limit), says whether it would raise an alert and
whether it would keep one, and holds the facts that its sentence is made of.
"""

from typing import Final

from utfall.lake.metrics import METRICS, Unit
from utfall.portal.alerts.contracts import Direction, Judgement, Kind, Picture, Window
from utfall.portal.alerts.crediting import credit_used
from utfall.portal.alerts.doubts import doubtful
from utfall.portal.alerts.measuring import Measure, Wanted
from utfall.portal.alerts.models import Rule
from utfall.portal.alerts.overdue import invoices_overdue
from utfall.portal.alerts.reminding import reminders
from utfall.portal.alerts.silence import silent
from utfall.portal.programs import facade as programs
from utfall.science.anomaly import QUIET, STRANGE, usual

MILLION: Final = 1_000_000


def judge(rule: Rule, wanted: Wanted, measure: Measure) -> list[Judgement]:
    """What holds of a rule's subjects; none where there is too little to judge by."""
    match Kind(rule.kind):
        case Kind.THRESHOLD:
            return _threshold(rule, wanted, measure)
        case Kind.CHANGE:
            return _change(rule, wanted, measure)
        case Kind.ANOMALY:
            return _anomaly(rule, wanted, measure)
        case Kind.BUDGET:
            return _budget(rule, wanted)
        case Kind.SILENT:
            return silent(wanted, measure)
        case Kind.QUALITY:
            return doubtful(wanted)
        case Kind.REMINDER:
            return reminders(rule, wanted, measure.now)
        case Kind.CREDIT:
            return credit_used(wanted)
        case Kind.OVERDUE:
            return invoices_overdue(wanted)


def scaled(metric: str, value: float) -> float:
    """A value in the unit of bounds: a ratio in parts per million, all else as it is."""
    return value * MILLION if METRICS[metric].unit is Unit.RATIO else value


def _threshold(rule: Rule, wanted: Wanted, measure: Measure) -> list[Judgement]:
    found = measure.value(wanted, Window(rule.window))
    if found is None:
        return []
    value, bound = scaled(rule.metric, found), rule.bound
    mild = abs(bound) / 10
    if rule.direction == Direction.ABOVE:
        raises, keeps = value > bound, value > bound - mild
    else:
        raises, keeps = value < bound, value < bound + mild
    facts = {"value": value, "bound": bound}
    return [Judgement(raises=raises, keeps=keeps, facts=facts, picture=_recent(wanted, measure))]


def _change(rule: Rule, wanted: Wanted, measure: Measure) -> list[Judgement]:
    window = Window(rule.window)
    now, before = measure.value(wanted, window), measure.value(wanted, window, back=1)
    if now is None or before is None or before <= 0 or max(now, before) < rule.minimum:
        return []
    ppm = (now - before) / before * MILLION
    signed = ppm if rule.direction == Direction.ABOVE else -ppm
    facts = {
        "value": scaled(rule.metric, now),
        "before": scaled(rule.metric, before),
        "change": round(ppm),
    }
    return [
        Judgement(
            raises=signed >= rule.bound,
            keeps=signed >= rule.bound * 2 / 3,
            facts=facts,
            picture=_recent(wanted, measure),
        )
    ]


def _anomaly(rule: Rule, wanted: Wanted, measure: Measure) -> list[Judgement]:
    told = measure.past(wanted, Window(rule.window))
    value = told[-1][1]
    past = [one for _label, one in told[:-1] if one is not None]
    known = usual(past, of_counts=METRICS[rule.metric].unit is Unit.COUNT)
    if value is None or known is None or max(known.middle, value) < rule.minimum:
        return []
    score = known.score(value)
    signed = score if rule.direction == Direction.ABOVE else -score
    facts = {
        "value": scaled(rule.metric, value),
        "usual": scaled(rule.metric, known.middle),
        "score": round(score, 1),
        "windows": len(past),
    }
    picture = Picture(labels=tuple(one for one, _ in told), values=tuple(one for _, one in told))
    return [Judgement(raises=signed >= STRANGE, keeps=signed >= QUIET, facts=facts, picture=picture)]


def _budget(rule: Rule, wanted: Wanted) -> list[Judgement]:
    if rule.program is None:
        return []
    limits = {one.id: one for one in programs.limits(wanted.caller, rule.program)}
    found = []
    for number, use in programs.uses(wanted.caller, rule.program).items():
        used, limit = use.reserved + use.settled, limits[number]
        facts = {
            "limit": limit.name or str(number),
            "used": used,
            "cap": use.cap,
            "measure": limit.measure.value,
            "currency": wanted.currency,
            "period": use.period,
            "share": used * MILLION // use.cap if use.cap else 0,
        }
        found.append(
            Judgement(
                subject=f"limit:{number}:{use.period}"[:80],
                raises=use.cap > 0 and 10 * used >= 9 * use.cap,
                keeps=use.cap > 0 and 20 * used >= 17 * use.cap,
                facts=facts,
            )
        )
    return found


def _recent(wanted: Wanted, measure: Measure) -> Picture:
    told = measure.recent(wanted)
    return Picture(labels=tuple(one for one, _ in told), values=tuple(one for _, one in told))
