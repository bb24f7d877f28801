"""From verdicts to episodes: what a detector says of a publisher (and code) until it is silent for long."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from utfall.science.quality import Clicked, Detector, Findings, Numbers, Period, Verdict

DAY_MS: Final = 86_400_000
SILENT_MS: Final = 30 * DAY_MS
_WHO: Final = ("address and device", "customer", "visitor")


class Key(NamedTuple):
    """What makes two verdicts parts of one finding."""

    publisher: int
    detector: Detector
    code: str


class Episode(NamedTuple):
    """Verdicts that belong together, `[since, until)`; `numbers` are the strongest."""

    key: Key
    since: int
    until: int
    orders: tuple[Verdict, ...]
    clicks: int
    numbers: dict[str, float | str]
    chance: float | None


class _Told(NamedTuple):
    at: int
    verdict: Verdict


def episodes(
    findings: Findings, times: Mapping[str, int], codes: Mapping[str, str], clicks: Iterable[Clicked]
) -> list[Episode]:
    """Every episode; `times` and `codes` are of orders, by their numbers as the detectors have them."""
    when = {one.subject for one in findings.verdicts if not one.is_order}
    at = dict(times) | {one.id: one.at for one in clicks if one.id in when}
    told: dict[Key, list[_Told]] = defaultdict(list)
    for one in findings.verdicts:
        code = codes.get(one.subject, "") if one.detector is Detector.LEAKED_CODE else ""
        told[Key(one.publisher, one.detector, code)].append(_Told(at[one.subject], one))
    found = [
        _episode(key, some) for key, all_of in told.items() for some in _parts(sorted(all_of, key=_time))
    ]
    return found + [_alone(one) for one in findings.periods if not _is_told(one, found)]


def facts_of(verdict: Verdict) -> dict[str, float | str]:
    """The numbers of a verdict; whom it means stands only in its sentence."""
    who = next((one for one in _WHO if f" {one} " in verdict.says), "")
    return {**verdict.numbers, **({"who": who} if who else {})}


def _time(one: _Told) -> int:
    return one.at


def _parts(told: Sequence[_Told]) -> Iterator[list[_Told]]:
    """Cut where nothing was found for long."""
    part: list[_Told] = []
    for one in told:
        if part and one.at - part[-1].at > SILENT_MS:
            yield part
            part = []
        part.append(one)
    yield part


def _episode(key: Key, told: Sequence[_Told]) -> Episode:
    orders = tuple(one.verdict for one in told if one.verdict.is_order)
    chances = [one.verdict.p_value for one in told if one.verdict.p_value is not None]
    return Episode(
        key=key,
        since=told[0].at,
        until=told[-1].at + 1,
        orders=orders,
        clicks=len(told) - len(orders),
        numbers=facts_of(_likeliest(told)),
        chance=min(chances, default=None),
    )


def _likeliest(told: Sequence[_Told]) -> Verdict:
    """The verdict that chance explains least; the latest where they are alike, or chance has no part."""
    return min(
        reversed(told), key=lambda one: 1.0 if one.verdict.p_value is None else one.verdict.p_value
    ).verdict


def _is_told(period: Period, found: Sequence[Episode]) -> bool:
    """Whether orders or clicks of a burst were blamed already."""
    return any(
        one.key.publisher == period.publisher
        and one.key.detector in (period.detector, Detector.ROBOT_CLICKS)
        and one.since < period.until + SILENT_MS
        and period.since < one.until
        for one in found
    )


def _alone(period: Period) -> Episode:
    """A burst of which no order and no click was blamed: only that it was one."""
    numbers: Numbers = {
        "clicks": float(period.observed),
        "days": (period.until - period.since) / DAY_MS,
        "usual": period.expected,
    }
    key = Key(period.publisher, period.detector, period.code or "")
    return Episode(key, period.since, period.until, (), 0, dict(numbers), period.p_value)
