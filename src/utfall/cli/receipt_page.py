"""A receipt as people read it: what was decided, who was considered and why they left, and the arithmetic."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

import msgspec

from utfall.cli.showing import amount, count, say, say_table
from utfall.engine.attribution import ELIMINATIONS, Elimination
from utfall.events import REASONS, Reason
from utfall.money import Share
from utfall.terms import Snapshot

Document = Mapping[str, Any]


class Page(NamedTuple):
    """A receipt with one of its sides, as documents. `hash` is the body's."""

    hash: str
    body: Document
    side: Document


def page_of(hash_: str, body: bytes, side: bytes) -> Page:
    """The documents of a receipt."""
    return Page(hash_, msgspec.json.decode(body), msgspec.json.decode(side))


class Names:
    """What ids are called in the terms; without terms, ids."""

    def __init__(self, snapshot: Snapshot | None) -> None:
        market = snapshot.market if snapshot else None
        self._names: dict[str, dict[int, str]] = {
            "advertiser": {each.id: each.name for each in market.advertisers} if market else {},
            "publisher": {each.id: each.name for each in market.publishers} if market else {},
            "program": {each.id: each.name for each in market.programs} if market else {},
            "rule": {each.id: each.name for each in market.rules} if market else {},
            "limit": {each.id: each.name for each in market.limits} if market else {},
            "link": {each.id: each.key for each in market.links} if market else {},
        }
        self.measures = {each.id: each.measure.value for each in market.limits} if market else {}

    def of(self, about: str, number: int | None) -> str:
        """The name with its number; a dash for none."""
        if number is None:
            return "–"
        name = self._names[about].get(number)
        return f"{name} ({number})" if name else str(number)


def show_page(page: Page, names: Names) -> None:
    """Print a receipt."""
    body = page.body
    say(f"Receipt {body['receipt']} · {body['kind'].replace('_', ' ')} · {_verdict(body)}", bold=True)
    for label, text in _facts(page, names):
        say(f"  {label:<12} {text}")
    currency = str(body.get("currency", ""))
    _show_candidates(page.side.get("candidates", ()), names)
    _show_lines(page.side.get("lines", ()), currency, names)
    _show_limits(page.side.get("limits", ()), currency, names)
    _show_parts(page.side.get("parties") or page.side.get("parts", ()), currency, names)
    _show_sums(page.side, currency)
    say()


def _verdict(body: Document) -> str:
    if body.get("verdict") == "refused":
        return f"refused: {body['reason']}"
    return str(body.get("status") or "counted")


def _facts(page: Page, names: Names) -> Iterator[tuple[str, str]]:
    body = page.body
    if body.get("order"):
        yield "order", f"{body['order']} ({body['outcome']}), placed {moment(body['occurred_at'])}"
    if body.get("count") is not None:
        yield (
            "touches",
            _counted(body),
        )
        yield "events", f"digest {body['events_digest']}"
    yield "advertiser", names.of("advertiser", body.get("advertiser"))
    yield (
        "program",
        f"{names.of('program', body.get('program'))}, terms version {body.get('terms_version') or '–'}",
    )
    yield "publisher", names.of("publisher", body.get("publisher"))
    yield from _moved(body)
    if body.get("reason"):
        words = REASONS[Reason(body["reason"])]
        yield "reason", f"{body['reason']}: {words.sentence} {words.mend}"
    if body.get("method"):
        yield "earned by", f"{body['method']} {body['touch']}"
    yield (
        "decided",
        f"{moment(body['decided_at'])} in batch {body['batch']}, under snapshot {body['snapshot'][:12]}…",
    )
    yield "hash", page.hash
    yield "follows", f"{body['previous'][:16]}… in the chain" + _earlier(body)


def _moved(body: Document) -> Iterator[tuple[str, str]]:
    """What money did outside: which paper, payout or movement, and its amounts."""
    for label in ("paper", "payout", "identity", "rate"):
        if body.get(label):
            yield label, str(body[label])
    for label, currency in (
        ("amount", "currency"),
        ("into_amount", "into"),
        ("net", "currency"),
        ("tax", "currency"),
    ):
        if f"{label}_micros" in body:
            yield label.replace("_", " "), amount(body[f"{label}_micros"], body[currency])


def _counted(body: Document) -> str:
    each = amount(body["each_micros"], body["currency"])
    return f"{count(body['count'])} × {body['outcome']} at {each}, in the hour from {moment(body['hour'])}"


def _earlier(body: Document) -> str:
    return f", {body['prior'][:16]}… about the same order" if body.get("prior") else ""


def _show_candidates(candidates: Sequence[Document], names: Names) -> None:
    if not candidates:
        return
    rows = [
        [
            each["method"],
            each["class"],
            moment(each["at"]),
            names.of("publisher", each["publisher"]) if "publisher" in each else "somebody else",
            names.of("link", each["link"]) if each.get("link") else "–",
            _fate(each["elimination"]),
        ]
        for each in candidates
    ]
    say_table(["candidate", "class", "at", "publisher", "link", "fate"], rows, words=6)


def _fate(elimination: str | None) -> str:
    if elimination is None:
        return "wins"
    return f"{elimination}: {ELIMINATIONS[Elimination(elimination)]}"


def _show_lines(lines: Sequence[Document], currency: str, names: Names) -> None:
    if not lines:
        return
    rows = [
        [
            str(number),
            str(each.get("sku") or each.get("category") or "–"),
            names.of("rule", each.get("rule")),
            _price(each.get("price"), currency),
            amount(each["amount_micros"], currency) if "amount_micros" in each else "",
            amount(each["refunded_micros"], currency) if each.get("refunded_micros") else "",
            amount(each["commission_micros"], currency),
            amount(each.get("left_micros", each["commission_micros"]), currency),
        ]
        for number, each in enumerate(lines)
    ]
    say_table(["line", "what", "rule", "price", "amount", "refunded", "commission", "stands"], rows, words=4)


def _price(price: Document | None, currency: str) -> str:
    match price:
        case {"type": "share", "ppm": int(ppm)}:
            return percent(ppm)
        case {"type": "flat", "micros": int(micros), "per": "unit"}:
            return f"{amount(micros, currency)} per unit"
        case {"micros": int(micros)}:
            return amount(micros, currency)
    return ""


def percent(ppm: int) -> str:
    """
    >>> percent(80_000), percent(12_500)
    ('8 %', '1.25 %')
    """
    return str(Share(ppm))


def _show_parts(parts: Sequence[Document], currency: str, names: Names) -> None:
    if not parts:
        return
    rows = [
        [
            names.of("publisher", each["publisher"]),
            str(each["kind"]).replace("_", " "),
            f"{percent(each['ppm'])} of {names.of('publisher', each['child'])}",
            amount(each["left_micros"], currency),
        ]
        for each in parts
    ]
    say_table(["publisher", "by", "share", "stands"], rows, words=3)


def _show_limits(limits: Sequence[Document], currency: str, names: Names) -> None:
    if not limits:
        return
    rows = []
    for each in limits:
        counts = names.measures.get(each["limit"]) == "count"
        told = [count(each[name]) if counts else amount(each[name], currency) for name in _USED]
        rows.append([names.of("limit", each["limit"]), each["period"], *told])
    say_table(["limit", "period", "cap", "reserved", "settled"], rows, words=2)


_USED: Final = ("cap", "reserved", "settled")


def _show_sums(side: Document, currency: str) -> None:
    sums = [(name, side.get(f"{name}_micros")) for name in ("commission", "fee", "cost")]
    told = [f"{name} {amount(micros, currency)}" for name, micros in sums if micros is not None and currency]
    if told:
        say("  " + " · ".join(told), bold=True)


def moment(at_ms: int) -> str:
    """
    >>> moment(1_767_225_600_123)
    '2026-01-01 00:00:00 UTC'
    """
    return datetime.fromtimestamp(at_ms // 1000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
