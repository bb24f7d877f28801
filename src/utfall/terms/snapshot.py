"""The sealed Snapshot: a market as canonical bytes with a content hash, and the indexes to read it fast."""

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import blake2b
from typing import Any, Final

import msgspec

from utfall.events import Outcome
from utfall.terms.limits import Limit
from utfall.terms.market import Market, check_market
from utfall.terms.parties import (
    CLASS_OF_PROMOTION,
    Advertiser,
    ApiKey,
    Code,
    Enrolment,
    Link,
    Publisher,
    TouchClass,
)
from utfall.terms.program import Program
from utfall.terms.rules import Rule, Tiered
from utfall.terms.shares import Override, Split
from utfall.terms.zones import Zone

QUARTER_MS: Final = 900_000
_DAYS_KEPT: Final = 100_000
_encoder: Final = msgspec.msgpack.Encoder(order="deterministic")
_decoder: Final = msgspec.msgpack.Decoder(Market)


class InvalidSnapshot(ValueError):
    """Bytes that are no snapshot, or a market that cannot be sealed; `problems` says why."""


def seal(market: Market) -> bytes:
    """The canonical bytes of a market: the same agreements always have the same bytes. InvalidSnapshot if
    unsound.

    >>> seal(Market()) == seal(Market())
    True
    """
    problems = check_market(market)
    if problems:
        raise InvalidSnapshot("; ".join(f"{where}: {why}" for where, why in problems[:20]))
    return _encoder.encode(msgspec.structs.replace(_sorted(market), programs=_written(market.programs)))


def _written(programs: Iterable[Program]) -> Any:
    """Programs by their ids, as maps of what they say. A struct that could say more than fifteen things is
    written as a long map even where it says few: one more would change the bytes of what never says it.
    """
    plain = (
        msgspec.to_builtins(one, order="deterministic") for one in sorted(programs, key=lambda item: item.id)
    )
    return tuple(msgspec.Raw(msgspec.msgpack.encode(one)) for one in plain)


def _sorted(market: Market) -> Market:
    return Market(
        zones=tuple(sorted(market.zones, key=lambda zone: zone.name)),
        advertisers=tuple(sorted(market.advertisers, key=lambda item: item.id)),
        publishers=tuple(sorted(market.publishers, key=lambda item: item.id)),
        groups=tuple(sorted(market.groups, key=lambda item: item.id)),
        enrolments=tuple(sorted(market.enrolments, key=lambda e: (e.program, e.publisher, e.starts_at))),
        links=tuple(sorted(market.links, key=lambda item: item.id)),
        codes=tuple(sorted(market.codes, key=lambda c: (c.program, c.code.upper(), c.starts_at))),
        rules=tuple(sorted(market.rules, key=lambda item: item.id)),
        limits=tuple(sorted(market.limits, key=lambda item: item.id)),
        keys=tuple(sorted(market.keys, key=lambda item: item.digest)),
        splits=tuple(sorted(market.splits, key=lambda item: item.id)),
        overrides=tuple(sorted(market.overrides, key=lambda item: item.id)),
    )


def load_snapshot(data: bytes) -> "Snapshot":
    """Read sealed bytes; InvalidSnapshot when they are none."""
    try:
        market = _decoder.decode(data)
    except msgspec.MsgspecError as error:
        raise InvalidSnapshot(str(error)) from error
    return Snapshot(market, content_hash(data))


def content_hash(data: bytes) -> str:
    """The name of sealed bytes: BLAKE2b-256 in hex."""
    return blake2b(data, digest_size=32).hexdigest()


class Snapshot:
    """A sealed market in memory, indexed. Nothing in it changes; a new one replaces it whole."""

    def __init__(self, market: Market, hash_: str) -> None:
        self.market = market
        self.hash = hash_
        self.links: dict[int, Link] = {link.id: link for link in market.links}
        self.links_by_key: dict[str, Link] = {link.key: link for link in market.links}
        self.programs: dict[int, Program] = {program.id: program for program in market.programs}
        self.advertisers: dict[int, Advertiser] = {item.id: item for item in market.advertisers}
        self.publishers: dict[int, Publisher] = {item.id: item for item in market.publishers}
        self.zones: dict[str, Zone] = {zone.name: zone for zone in market.zones}
        self.keys: dict[str, ApiKey] = {key.digest: key for key in market.keys}
        self._programs_of: dict[int, list[Program]] = {}
        for program in market.programs:
            self._programs_of.setdefault(program.advertiser, []).append(program)
        self._changes: dict[int, frozenset[int]] = {}
        self._enrolments: dict[tuple[int, int], list[Enrolment]] = {}
        for enrolment in market.enrolments:
            self._enrolments.setdefault((enrolment.program, enrolment.publisher), []).append(enrolment)
        self._codes: dict[tuple[int, str], list[Code]] = {}
        for code in market.codes:
            advertiser = self.programs[code.program].advertiser
            self._codes.setdefault((advertiser, code.code.upper()), []).append(code)
        self.rules: dict[int, Rule] = {rule.id: rule for rule in market.rules}
        self._rules: dict[tuple[int, Outcome], list[Rule]] = {}
        for rule in sorted(market.rules, key=Rule.precedence):
            self._rules.setdefault((rule.program, rule.outcome), []).append(rule)
        self.tiered: dict[int, list[Rule]] = {}
        for rule in market.rules:
            if isinstance(rule.price, Tiered):
                self.tiered.setdefault(rule.program, []).append(rule)
        self._conditional = {(rule.program, rule.outcome) for rule in market.rules if rule.when is not None}
        self._days: dict[tuple[int, int], date] = {}
        self._limits: dict[int, list[Limit]] = {}
        for limit in market.limits:
            self._limits.setdefault(limit.program, []).append(limit)
        self.limits_customers = {limit.program for limit in market.limits if limit.per_customer}
        self.shares_commission = bool(market.splits or market.overrides)
        self.bonds_customers = any(
            version.recurring_months for program in market.programs for version in program.versions
        )
        self._splits: dict[tuple[int, int], list[Split]] = {}
        for split in market.splits:
            self._splits.setdefault((split.program, split.publisher), []).append(split)
        self._overrides: dict[int, list[Override]] = {}
        for override in market.overrides:
            self._overrides.setdefault(override.child, []).append(override)

    def enrolment_at(self, program: int, publisher: int, at: int) -> Enrolment | None:
        """The publisher's enrolment in force at a time."""
        for enrolment in self._enrolments.get((program, publisher), ()):
            if enrolment.holds_at(at):
                return enrolment
        return None

    def codes_at(self, advertiser: int, code: str, at: int) -> list[Code]:
        """Whose promo code this was at a time: at most one publisher's in each program of the advertiser."""
        held = self._codes.get((advertiser, code.upper()), ())
        return [candidate for candidate in held if candidate.holds_at(at)]

    def rules_for(self, program: int, outcome: Outcome) -> list[Rule]:
        """The program's rules for an outcome in order of precedence, in force or not."""
        return self._rules.get((program, outcome), [])

    def is_conditional(self, program: int, outcome: Outcome) -> bool:
        """Whether any of the program's rules for an outcome asks a question."""
        return (program, outcome) in self._conditional

    def programs_of(self, advertiser: int) -> list[Program]:
        """An advertiser's programs, by id."""
        return self._programs_of.get(advertiser, [])

    def changes_of(self, link: int) -> frozenset[int]:
        """Every time at which the terms of a link's touches change."""
        if link not in self._changes:
            self._changes[link] = frozenset(self._change_times(link))
        return self._changes[link]

    def _change_times(self, link_id: int) -> Iterator[int]:
        link = self.links.get(link_id)
        if link is None:
            return
        yield from (version.effective_from for version in self.programs[link.program].versions)
        for held in (link, *self._enrolments.get((link.program, link.publisher), ())):
            yield from (held.starts_at, held.ends_at or 0)
        for outcome in Outcome:
            for rule in self.rules_for(link.program, outcome):
                yield from (rule.effective_from, rule.effective_until or 0)

    def limits_for(self, program: int) -> list[Limit]:
        """The program's caps and budgets, by id."""
        return self._limits.get(program, [])

    def split_at(self, program: int, publisher: int, at: int) -> Split | None:
        """How the commission on an order that a publisher won is shared; None: it is not."""
        return next((one for one in self._splits.get((program, publisher), ()) if one.holds_at(at)), None)

    def overrides_at(self, program: int, child: int, at: int) -> list[Override]:
        """What parents get of a child's commission in a program, by id."""
        held = self._overrides.get(child, ())
        return [one for one in held if one.program in (None, program) and one.holds_at(at)]

    def zone_of(self, program: int) -> Zone:
        """The time zone a program counts its days in."""
        return self.zones[self.programs[program].zone]

    def day_of(self, program: int, at: int) -> date:
        """The program's calendar day, worked out once per quarter of an hour: every offset is a multiple."""
        key = (program, at // QUARTER_MS)
        day = self._days.get(key)
        if day is None:
            if len(self._days) >= _DAYS_KEPT:
                self._days.clear()
            day = self._days[key] = self.zone_of(program).day(at)
        return day

    def touch_class(self, link: Link) -> TouchClass:
        """The class of a click on a link: the link's own, or the one of its publisher's promotion type."""
        if link.touch_class is not None:
            return link.touch_class
        promotion_type = self.publishers[link.publisher].promotion_type
        return CLASS_OF_PROMOTION.get(promotion_type, TouchClass.STANDARD)
