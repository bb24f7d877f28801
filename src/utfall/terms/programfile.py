"""A program file: a whole market written by hand in TOML, read into a checked Market.

The reader takes the parsed table and a source of zones, so it touches no file itself. Amounts are strings
with a decimal point ("250.00"), shares are percentages ("8 %"), times are dates or date-times in the
program's zone, and durations are days unless their name says otherwise. `docs/guides/program-file.md` shows
one whole.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec

from utfall.money import Money, Share
from utfall.terms.conditions import AllOf, AnyOf, Condition, Not, Test
from utfall.terms.limits import Limit, Measure
from utfall.terms.market import Market, check_market
from utfall.terms.parties import Advertiser, ApiKey, Code, Enrolment, Group, Link, Publisher
from utfall.terms.program import DAY_SECONDS, Program, ProgramTerms, Windows
from utfall.terms.rules import Rule, TierMeasure
from utfall.terms.shares import Override, Split
from utfall.terms.zones import DAY_MS, Zone

_EPOCH = date(1970, 1, 1).toordinal()
Table = dict[str, Any]
T = TypeVar("T", bound=msgspec.Struct)


class ProgramFileError(ValueError):
    """A program file that cannot be read; the text names the table and the mistake."""


_FILE_KEYS = {"advertiser", "publisher", "program", "enrolment", "link", "code", "key", "override"}


def read_market(table: Mapping[str, Any], zone_of: Callable[[str], Zone]) -> Market:
    """Read a parsed program file; ProgramFileError with every problem found."""
    _known(table, _FILE_KEYS, "the file")
    programs = _tables(table, "program")
    zones = {str(item.get("zone", "UTC")): zone_of(str(item.get("zone", "UTC"))) for item in programs}
    places = {
        item.get("id"): (str(item.get("currency", "")), zones[str(item.get("zone", "UTC"))])
        for item in programs
    }
    market = Market(
        zones=tuple(zones.values()),
        advertisers=_each(table, "advertiser", Advertiser),
        publishers=_each(table, "publisher", Publisher),
        programs=tuple(_program(item, *places[item.get("id")]) for item in programs),
        groups=_nested(programs, "group", Group),
        rules=tuple(_rule(item, program, places) for program, item in _inside(programs, "rule")),
        limits=tuple(_limit(item, program, places) for program, item in _inside(programs, "limit")),
        enrolments=_timed(table, "enrolment", Enrolment, places),
        links=_timed(table, "link", Link, places),
        codes=_timed(table, "code", Code, places),
        keys=_each(table, "key", ApiKey),
        splits=tuple(_split(item, program, places) for program, item in _inside(programs, "split")),
        overrides=tuple(_override(item, places) for item in _tables(table, "override")),
    )
    problems = check_market(market)
    if problems:
        raise ProgramFileError("\n".join(f"{where}: {why}" for where, why in problems))
    return market


def _tables(holder: Mapping[str, Any], name: str) -> list[Table]:
    """The tables `[[name]]` of a file or of a program, none where there are none."""
    items = holder.get(name, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ProgramFileError(f"{name}: write each one as a table, [[{name}]]")
    if any(isinstance(item.get("id"), list | dict) for item in items):
        raise ProgramFileError(f"{name}: an id is a whole number")
    return items


def _known(table: Mapping[str, Any], allowed: Iterable[str], where: str) -> None:
    unknown = set(table) - set(allowed)
    if unknown:
        raise ProgramFileError(f"{where}: unknown {', '.join(sorted(unknown))}")


def _convert(item: Mapping[str, Any], kind: type[T], where: str) -> T:
    _known(item, (field.encode_name for field in msgspec.structs.fields(kind)), where)
    try:
        return msgspec.convert(item, kind)
    except msgspec.ValidationError as error:
        raise ProgramFileError(f"{where}: {error}") from error


def _each(table: Mapping[str, Any], name: str, kind: type[T]) -> tuple[T, ...]:
    return tuple(_convert(item, kind, f"{name} {item.get('id', '')}") for item in _tables(table, name))


def _inside(programs: Iterable[Table], name: str) -> Iterable[tuple[Any, Table]]:
    return ((program.get("id"), item) for program in programs for item in _tables(program, name))


Places = Mapping[Any, tuple[str, Zone]]
_INTERVAL = {"from": "starts_at", "until": "ends_at"}


def _nested(programs: Iterable[Table], name: str, kind: type[T]) -> tuple[T, ...]:
    return tuple(
        _convert({**item, "program": program}, kind, f"{name} {item.get('id')}")
        for program, item in _inside(programs, name)
    )


def _timed(table: Mapping[str, Any], name: str, kind: type[T], places: Places) -> tuple[T, ...]:
    return tuple(_convert(_in_zone(item, name, places), kind, name) for item in _tables(table, name))


def _in_zone(item: Table, name: str, places: Places) -> Table:
    if not isinstance(item.get("program"), int) or item["program"] not in places:
        raise ProgramFileError(f"{name}: unknown program {item.get('program')}")
    zone = places[item["program"]][1]
    renamed: Table = {_INTERVAL.get(key, key): value for key, value in item.items()}
    if name == "enrolment":
        renamed.setdefault("starts_at", date(1970, 1, 1))
    return {
        key: _time(value, zone) if key in ("starts_at", "ends_at") else value
        for key, value in renamed.items()
    }


def _time(value: object, zone: Zone) -> int:
    """Milliseconds of a TOML date or date-time, local to the zone unless it names its own offset."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return int(value.timestamp()) * 1000 + value.microsecond // 1000
    if isinstance(value, datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return zone.to_utc_ms((value.toordinal() - _EPOCH) * DAY_MS + seconds * 1000)
    if isinstance(value, date):
        return zone.to_utc_ms((value.toordinal() - _EPOCH) * DAY_MS)
    raise ProgramFileError(f"not a date: {value!r}")


def _amount(text: object, currency: str, where: str) -> int:
    try:
        return Money.parse(str(text), currency).micros
    except ValueError as error:
        raise ProgramFileError(f"{where}: {error}") from error


def _share(text: object, where: str) -> int:
    try:
        return Share.percent(str(text)).ppm
    except ValueError as error:
        raise ProgramFileError(f"{where}: {error}") from error


_OWN_KEYS = ("id", "advertiser", "name", "currency", "evidence_for")
_PROGRAM_KEYS = {*_OWN_KEYS, "zone", "terms", "rule", "limit", "group", "split"}


def _program(item: Table, currency: str, zone: Zone) -> Program:
    where = f"program {item.get('id')}"
    _known(item, _PROGRAM_KEYS, where)
    versions = [
        _terms(terms, zone, number, where)
        for number, terms in enumerate(_tables(item, "terms") or [{}], start=1)
    ]
    own: Table = {key: item[key] for key in _OWN_KEYS if key in item}
    plain: Table = {**own, "zone": zone.name, "versions": [msgspec.to_builtins(one) for one in versions]}
    return _convert(plain, Program, where)


_TERMS_KEYS = {"from", "fee", "windows_days"} | (
    set(ProgramTerms.__struct_fields__) - {"version", "effective_from", "fee_ppm", "windows"}
)


def _terms(item: Table, zone: Zone, number: int, where: str) -> ProgramTerms:
    _known(item, _TERMS_KEYS, f"{where} terms {number}")
    plain = {key: value for key, value in item.items() if key not in ("from", "fee", "windows_days")}
    plain |= {"version": number, "effective_from": _time(item.get("from", date(1970, 1, 1)), zone)}
    plain["fee_ppm"] = _share(item.get("fee", "0"), where)
    if "windows_days" in item:
        plain["windows"] = _windows(item["windows_days"], where)
    if item.get("auto_approval_days") == "never":
        plain["auto_approval_days"] = None
    return _convert(plain, ProgramTerms, f"{where} terms {number}")


def _windows(days: object, where: str) -> dict[str, int]:
    """Look-back windows in seconds, written as days per class of touch."""
    if not isinstance(days, dict) or any(type(value) not in (int, float) for value in days.values()):
        raise ProgramFileError(f"{where}: windows_days is a table of numbers of days")
    _known(days, Windows.__struct_fields__, f"{where} windows_days")
    if not all(0 <= value < 100_000 for value in days.values()):
        raise ProgramFileError(f"{where}: a window lasts from 0 to 100000 days")
    return {key: int(value * DAY_SECONDS) for key, value in days.items()}


_PRICES = ("flat", "per_unit", "share", "per_thousand", "tiers")
_RULE_KEYS = {"from", "until", *_PRICES} | (
    set(Rule.__struct_fields__) - {"program", "price", "effective_from", "effective_until"}
)


def _rule(item: Table, program: Any, places: Places) -> Rule:
    where = f"rule {item.get('id')}"
    _known(item, _RULE_KEYS, where)
    currency, zone = places[program]
    plain = {key: value for key, value in item.items() if key not in ("from", "until", "when", *_PRICES)}
    plain |= {"program": program, "price": _price(item, currency, where)}
    plain.setdefault("name", where)
    for key, name in (("from", "effective_from"), ("until", "effective_until")):
        if key in item:
            plain[name] = _time(item[key], zone)
    if "when" in item:
        plain["when"] = msgspec.to_builtins(_condition(item["when"], where))
    return _convert(plain, Rule, where)


def _price(item: Table, currency: str, where: str) -> Table:
    named = [name for name in _PRICES if name in item]
    if len(named) != 1:
        raise ProgramFileError(f"{where}: exactly one price of {', '.join(_PRICES)}")
    value = item[named[0]]
    match named[0]:
        case "tiers":
            return _tiers(value, currency, where)
        case "share":
            return {"type": "share", "ppm": _share(value, where)}
        case "per_unit":
            return {"type": "flat", "micros": _amount(value, currency, where), "per": "unit"}
        case kind:
            return {"type": kind, "micros": _amount(value, currency, where)}


_TIER_KEYS = {"measure", "period", "steps", "shared", "retroactive"}


def _tiers(item: object, currency: str, where: str) -> Table:
    """`{measure = "amount", period = "month", steps = [{from = "0", share = "8 %"}, ...]}`."""
    steps = item.get("steps") if isinstance(item, dict) else None
    if not isinstance(item, dict) or not isinstance(steps, list):
        raise ProgramFileError(f"{where}: tiers are a table of a measure, a period and steps")
    _known(item, _TIER_KEYS, f"{where} tiers")
    counted = item.get("measure") == TierMeasure.ORDERS
    return {**item, "type": "tiered", "steps": [_step(step, currency, where, counted) for step in steps]}


def _step(item: object, currency: str, where: str, counted: bool) -> Table:
    if not isinstance(item, dict) or "from" not in item or ("flat" in item) is ("share" in item):
        raise ProgramFileError(f"{where}: a step is a table of `from` and `flat` or `share`")
    _known(item, {"from", "flat", "share"}, f"{where} tiers")
    start = item["from"] if counted else _amount(item["from"], currency, where)
    return {"start": start, "price": _price(item, currency, where)}


def _condition(item: Table, where: str) -> Condition:
    """`{all = [...]}`, `{any = [...]}`, `{not = {...}}` or `{field = ..., op = ..., value = ...}`."""
    match item:
        case {"all": list(parts)}:
            return AllOf(tuple(_condition(part, where) for part in parts))
        case {"any": list(parts)}:
            return AnyOf(tuple(_condition(part, where) for part in parts))
        case {"not": dict(part)}:
            return Not(_condition(part, where))
        case {"field": str(field), "op": str(op), "value": value}:
            return Test(field, op, tuple(value) if isinstance(value, list) else value)
    raise ProgramFileError(f"{where}: not a condition: {item!r}")


def _limit(item: Table, program: Any, places: Places) -> Limit:
    where = f"limit {item.get('id')}"
    plain: Table = {"name": where, **item, "program": program}
    if item.get("measure") != Measure.COUNT:
        plain["cap"] = _amount(item.get("cap"), places[program][0], where)
    return _convert(plain, Limit, where)


_EFFECTIVE = {"from": "effective_from", "until": "effective_until"}


def _effective(item: Table, zone: Zone) -> Table:
    """A table whose interval is in milliseconds."""
    return {
        _EFFECTIVE.get(key, key): _time(value, zone) if key in _EFFECTIVE else value
        for key, value in item.items()
    }


def _split(item: Table, program: Any, places: Places) -> Split:
    """`shares` are tables of a publisher and its share: `[{publisher = 10, share = "70 %"}, ...]`."""
    where = f"split {item.get('id')}"
    shares = item.get("shares")
    if not isinstance(shares, list) or not all(
        isinstance(one, dict) and one.keys() == {"publisher", "share"} for one in shares
    ):
        raise ProgramFileError(f"{where}: shares is a list of tables of a publisher and a share")
    pairs = [(one["publisher"], _share(one["share"], where)) for one in shares]
    return _convert(
        _effective({**item, "program": program, "shares": pairs}, places[program][1]), Split, where
    )


def _override(item: Table, places: Places) -> Override:
    """One for all programs has its times in UTC."""
    where = f"override {item.get('id')}"
    program = item.get("program")
    if program is not None and (not isinstance(program, int) or program not in places):
        raise ProgramFileError(f"{where}: unknown program {program}")
    zone = places[program][1] if program is not None else Zone("UTC", (), (0,))
    plain = {key: value for key, value in item.items() if key != "share"}
    return _convert({**_effective(plain, zone), "ppm": _share(item.get("share"), where)}, Override, where)
