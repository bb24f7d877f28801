"""A program file: what a person writes becomes a market, and every mistake is told by its place."""

import tomllib
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.market import MARKET, zone_of
from utfall.events import Outcome
from utfall.terms import (
    AllOf,
    AnyOf,
    ChannelPolicy,
    Flat,
    Market,
    Measure,
    Not,
    Over,
    Period,
    PerThousand,
    Portion,
    ProgramFileError,
    Status,
    TouchClass,
    read_market,
)
from utfall.terms import (
    Test as Asks,
)

WHOLE = """
[[advertiser]]
id = 1
name = "Skor"

[[publisher]]
id = 10
name = "Blog"

[[program]]
id = 100
advertiser = 1
name = "Sweden"
currency = "SEK"
zone = "Europe/Stockholm"

    [[program.terms]]
    from = 2026-01-01
    fee = "12.5 %"
    windows_days = { standard = 45, view = 0.5 }
    attribution = ["click", "code"]
    channels = { paid_search = "none", email = "click" }
    channel_default = "any"
    hold_days = 14
    auto_approval_days = "never"
    max_age_days = 120

    [[program.terms]]
    from = 2026-06-01T12:30:00
    status = "paused"

    [[program.group]]
    id = 5
    name = "Gold"

    [[program.rule]]
    id = 1
    name = "Shoes"
    outcome = "sale"
    share = "8 %"
    from = 2026-03-29T02:30:00
    until = 2026-12-31T23:00:00Z
    group = 5
    priority = 3
    when = { all = [
        { field = "line.category", op = "in", value = ["shoes", "boots"] },
        { any = [
            { field = "order.lines", op = "ge", value = 2 },
            { not = { field = "customer.is_new", op = "eq", value = true } },
        ] },
    ] }

    [[program.rule]]
    id = 2
    outcome = "lead"
    flat = "12.50"

    [[program.rule]]
    id = 3
    outcome = "install"
    per_unit = "3"

    [[program.rule]]
    id = 4
    outcome = "impression"
    per_thousand = "20.005"

    [[program.limit]]
    id = 1
    name = "Budget"
    measure = "cost"
    period = "month"
    cap = "1000.00"
    over = "clamp"
    is_budget = true

    [[program.limit]]
    id = 2
    measure = "count"
    period = "day"
    cap = 100
    per_publisher = true

[[enrolment]]
program = 100
publisher = 10
group = 5

[[link]]
id = 1000
key = "a-b_c"
program = 100
publisher = 10
destination = "https://shop.example/"
domains = ["other.example"]
touch_class = "soft"
from = 2026-01-01
until = 2026-02-01

[[code]]
code = "Summer"
program = 100
publisher = 10

[[key]]
digest = "d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1"
name = "server"
advertiser = 1
"""


def read(text: str) -> Market:
    return read_market(tomllib.loads(text), zone_of)


def ms(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * 1000  # type: ignore[misc,arg-type]


def test_terms_are_read_version_by_version_in_the_programs_zone() -> None:
    first, second = read(WHOLE).programs[0].versions
    assert (first.version, first.effective_from) == (1, ms(2025, 12, 31, 23))
    assert (first.fee_ppm, first.hold_days, first.auto_approval_days, first.max_age_days) == (
        125_000,
        14,
        None,
        120,
    )
    assert (first.windows.standard, first.windows.view, first.windows.soft) == (
        45 * 86_400,
        43_200,
        7 * 86_400,
    )
    assert first.attribution == ("click", "code")
    assert first.channels == {"paid_search": ChannelPolicy.NONE, "email": ChannelPolicy.CLICK}
    assert (second.version, second.effective_from, second.status) == (
        2,
        ms(2026, 6, 1, 10, 30),
        Status.PAUSED,
    )


def test_rules_are_read_with_their_prices() -> None:
    prices = [rule.price for rule in read(WHOLE).rules]
    assert prices == [
        Portion(80_000),
        Flat(12_500_000),
        Flat(3_000_000, "unit"),
        PerThousand(20_005_000),
    ]
    assert prices[3].each_micros == 20_005  # type: ignore[union-attr]


def test_a_rule_is_read_with_its_interval_and_condition() -> None:
    rule = read(WHOLE).rules[0]
    assert (rule.name, rule.outcome, rule.group, rule.priority) == ("Shoes", Outcome.SALE, 5, 3)
    assert rule.effective_from == ms(2026, 3, 29, 1, 30), (
        "an hour that the clock skips is read before the skip"
    )
    assert rule.effective_until == ms(2026, 12, 31, 23)
    new = Asks("customer.is_new", "eq", True)
    either = AnyOf((Asks("order.lines", "ge", 2), Not(new)))
    assert rule.when == AllOf((Asks("line.category", "in", ("shoes", "boots")), either))


def test_limits_are_read_as_money_or_as_a_number() -> None:
    budget, number = read(WHOLE).limits
    assert (budget.measure, budget.period, budget.cap) == (Measure.COST, Period.MONTH, 1_000_000_000)
    assert (budget.over, budget.is_budget) == (Over.CLAMP, True)
    assert (number.name, number.cap, number.per_publisher) == ("limit 2", 100, True)


def test_partners_links_codes_and_keys_are_read() -> None:
    market = read(WHOLE)
    assert market.enrolments[0].starts_at == ms(1969, 12, 31, 23), (
        "an enrolment without a start is as old as time"
    )
    link = market.links[0]
    assert (link.touch_class, link.starts_at, link.ends_at) == (
        TouchClass.SOFT,
        ms(2025, 12, 31, 23),
        ms(2026, 1, 31, 23),
    )
    assert (market.codes[0].code, market.keys[0].advertiser) == ("Summer", 1)


def test_an_advertiser_accepts_pixels_unless_it_says_otherwise() -> None:
    (usual,) = read(WHOLE).advertisers
    (careful,) = read(WHOLE.replace('name = "Skor"', 'name = "Skor"\naccepts_pixel = false')).advertisers
    assert (usual.accepts_pixel, careful.accepts_pixel) == (True, False)


def test_a_program_without_terms_has_the_usual_ones() -> None:
    (version,) = read(MARKET.replace('    [[program.terms]]\n    fee = "20 %"\n', "")).programs[0].versions
    assert (version.version, version.effective_from, version.fee_ppm) == (1, 0, 0)


def test_an_empty_file_is_an_empty_market() -> None:
    assert read("") == Market()


MISTAKES = [
    ("[[program]]", "[[programme]]", "the file: unknown programme"),
    ('name = "Skor"', 'name = "Skor"\ncolour = "red"', "advertiser 1: unknown colour"),
    ('name = "Skor"', "", "advertiser 1: Object missing required field `name`"),
    ('name = "Blog"', 'name = "Blog"\npromotion_type = "magic"', "publisher 10: Invalid enum value 'magic'"),
    ('currency = "SEK"', 'currency = "SEK"\nfee = "1"', "program 100: unknown fee"),
    ('currency = "SEK"', "", "Object missing required field `currency`"),
    ('currency = "SEK"', 'currency = "KRONA"', "unknown currency"),
    ("advertiser = 1\nname", "advertiser = 2\nname", "program 100: unknown advertiser 2"),
    ("from = 2026-01-01\n    fee", 'from = "January"\n    fee', "not a date: 'January'"),
    ("from = 2026-01-01\n    fee", "from = 12:00:00\n    fee", "not a date"),
    ('fee = "12.5 %"', 'fee = "a lot"', "program 100: not a percentage: 'a lot'"),
    ('fee = "12.5 %"', 'fee = "120 %"', "a share lies between 0 and"),
    ('fee = "12.5 %"', 'fees = "12.5 %"', "program 100 terms 1: unknown fees"),
    ("{ standard = 45, view = 0.5 }", "{ brand = 45 }", "program 100 windows_days: unknown brand"),
    ("windows_days =", "windows =", "program 100 terms 1: unknown windows"),
    ("hold_days = 14", "effective_from = 14", "program 100 terms 1: unknown effective_from"),
    ('flat = "12.50"', 'flat = "12.50"\n    price = "1"', "rule 2: unknown price"),
    ("{ standard = 45, view = 0.5 }", '{ standard = "45" }', "windows_days is a table of numbers of days"),
    ("{ standard = 45, view = 0.5 }", "45", "windows_days is a table of numbers of days"),
    ("{ standard = 45, view = 0.5 }", "{ standard = -1 }", "a window lasts from 0 to 100000 days"),
    ("{ standard = 45, view = 0.5 }", "{ standard = inf }", "a window lasts from 0 to 100000 days"),
    ("{ standard = 45, view = 0.5 }", "{ standard = nan }", "a window lasts from 0 to 100000 days"),
    ('["click", "code"]', '["click", "guess"]', "program 100 terms 1: Invalid enum value 'guess'"),
    ('["click", "code"]', '["click", "click"]', "a method of attribution is named twice"),
    ('email = "click"', 'email = "maybe"', "Invalid enum value 'maybe'"),
    ("hold_days = 14", "hold_days = -1", "the fee is a share and days are not negative"),
    ("max_age_days = 120", "max_age_days = -1", "windows and the greatest age are not negative"),
    ("from = 2026-06-01T12:30:00", "from = 2025-01-01", "versions are in order of their effective time"),
    ("from = 2026-06-01T12:30:00", "from = 2026-01-01", "versions are in order of their effective time"),
    ('    share = "8 %"\n', "", "rule 1: exactly one price of flat, per_unit, share, per_thousand"),
    ('    share = "8 %"', '    share = "8 %"\n    flat = "1"', "rule 1: exactly one price of"),
    ('    share = "8 %"', '    share = "8 kr"', "rule 1: not a percentage: '8 kr'"),
    ('flat = "12.50"', 'flat = "12,50"', "rule 2: not an amount: '12,50'"),
    ('flat = "12.50"', 'flat = "-1"', "rule 2: a price is not negative"),
    ('flat = "12.50"', 'flat = "4000000.01"', "rule 2: a price is at most 4 million"),
    ('flat = "12.50"', 'share = "8 %"', "rule 2: only a sale has an amount to share"),
    (
        'per_thousand = "20.005"',
        'per_thousand = "20.0055"',
        "rule 4: a price per thousand is a whole number of micros",
    ),
    ('flat = "12.50"', 'per_thousand = "1"', "rule 2: only impressions, views and clicks have such a price"),
    ('outcome = "lead"', 'outcome = "love"', "rule 2: Invalid enum value 'love'"),
    ("until = 2026-12-31T23:00:00Z", "until = 2026-03-01", "rule 1: the rule ends before it begins"),
    ('field = "line.category"', 'field = "line.smell"', "rule 1: unknown field 'line.smell'"),
    ('op = "in"', 'op = "like"', "rule 1: line.category cannot be tested with 'like'"),
    ('["shoes", "boots"]', '"shoes"', "rule 1: in takes a list"),
    ('["shoes", "boots"]', "[]", "rule 1: in has 0 values"),
    ('["shoes", "boots"]', '["shoes", 7]', "rule 1: line.category is compared with a value that is no text"),
    ('op = "ge", value = 2', 'op = "ge", value = [2]', "rule 1: ge takes one value"),
    ('op = "ge", value = 2', 'op = "between", value = [2]', "rule 1: between has 1 values"),
    (
        'op = "ge", value = 2',
        'op = "ge", value = true',
        "rule 1: order.lines is compared with a value that is no number",
    ),
    ('op = "ge", value = 2', 'op = "ge", value = 2.5', "rule 1: "),
    ('{ field = "order.lines", op = "ge", value = 2 }', "{ either = [] }", "rule 1: not a condition"),
    (
        '{ not = { field = "customer.is_new", op = "eq", value = true } }',
        "{ any = [] }",
        "an empty group of conditions",
    ),
    ("group = 5\n    priority", "group = 6\n    priority", "program 100: group 6 is not one of its groups"),
    ("group = 5\n    priority", "publisher = 66\n    priority", "rules 1: unknown publisher 66"),
    ('cap = "1000.00"', 'cap = "a lot"', "limit 1: not an amount: 'a lot'"),
    ('cap = "1000.00"', 'cap = "-1"', "limit 1: a cap is not negative"),
    ('    cap = "1000.00"\n', "", "limit 1: not an amount"),
    ("    cap = 100\n", "", "limit 2: Object missing required field `cap`"),
    ("cap = 100", 'cap = "100"', "limit 2: Expected `int`, got `str`"),
    ('measure = "cost"', 'measure = "joy"', "limit 1: Invalid enum value 'joy'"),
    ("[[enrolment]]\nprogram = 100", "[[enrolment]]\nprogram = 101", "enrolment: unknown program 101"),
    ("[[enrolment]]\nprogram = 100", "[[enrolment]]", "enrolment: unknown program None"),
    ("[[enrolment]]\nprogram = 100", "[[enrolment]]\nprogram = [1]", "enrolment: unknown program"),
    ("publisher = 10\ngroup = 5", "publisher = 11\ngroup = 5", "enrolments : unknown publisher 11"),
    ('key = "a-b_c"', 'key = "a b"', "a key is 1 to 32 letters, digits, dashes and underscores"),
    ('key = "a-b_c"', f'key = "{"a" * 33}"', "a key is 1 to 32 letters"),
    ("id = 1000", "id = 0", "an id is a positive number"),
    ("id = 1000", "id = 1099511627776", "an id is a positive number"),
    ("until = 2026-02-01", "until = 2025-02-01", "an interval ends before it begins"),
    (
        'name = "server"\nadvertiser = 1',
        'name = "server"',
        "a key speaks for one advertiser or one publisher",
    ),
    ('name = "server"\nadvertiser = 1', 'name = "server"\nadvertiser = 9', "it speaks for somebody unknown"),
    ('name = "server"\nadvertiser = 1', 'name = "server"\npublisher = 9', "it speaks for somebody unknown"),
    ("[[key]]", "[key]", r"key: write each one as a table, \[\[key\]\]"),
    ("id = 1\nname", "id = [1]\nname", "advertiser: an id is a whole number"),
]


@pytest.mark.parametrize(("right", "wrong", "why"), MISTAKES)
def test_a_mistake_is_told_by_its_place(right: str, wrong: str, why: str) -> None:
    assert right in WHOLE
    with pytest.raises(ProgramFileError, match=why):
        read(WHOLE.replace(right, wrong, 1))


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ('\n[[publisher]]\nid = 10\nname = "Twin"\n', "publishers 10: the id is used twice"),
        (
            '\n[[link]]\nid = 1001\nkey = "a-b_c"\nprogram = 100\npublisher = 10\ndestination = "x"\n',
            "link a-b_c: the key is used twice",
        ),
        (
            "\n[[enrolment]]\nprogram = 100\npublisher = 10\n",
            "enrolment 10 in program 100: two intervals overlap",
        ),
        (
            '\n[[code]]\ncode = "SUMMER"\nprogram = 100\npublisher = 10\nfrom = 2026-01-01\n',
            "code SUMMER in program 100: two intervals overlap",
        ),
    ],
)
def test_two_of_a_kind_are_told(more: str, why: str) -> None:
    with pytest.raises(ProgramFileError, match=why):
        read(WHOLE + more)


def test_all_problems_are_told_at_once() -> None:
    twice = WHOLE.replace("hold_days = 14", "hold_days = -1").replace('flat = "12.50"', 'flat = "-1"')
    with pytest.raises(ProgramFileError, match=r"days are not negative\n.*a price is not negative"):
        read(twice)


def test_a_rule_for_touches_tests_no_basket_line() -> None:
    lined = WHOLE.replace(
        'per_thousand = "20.005"',
        'per_thousand = "20.005"\n    when = { not = { field = "line.sku", op = "eq", value = "S" } }',
    )
    with pytest.raises(ProgramFileError, match="a rule for impression has no basket line to test"):
        read(lined)


def test_a_condition_is_at_most_eight_levels_deep() -> None:
    def nested(levels: int) -> str:
        leaf = '{ field = "order.lines", op = "ge", value = 2 }'
        tree = "{ not = " * (levels - 1) + leaf + " }" * (levels - 1)
        return WHOLE.replace('flat = "12.50"', f'flat = "12.50"\n    when = {tree}')

    assert read(nested(8)).rules[1].when is not None
    with pytest.raises(ProgramFileError, match="rule 2: deeper than 8 levels"):
        read(nested(9))


plain = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.dates()
    | st.datetimes()
)
names = st.sampled_from(
    ["id", "name", "program", "publisher", "terms", "rule", "limit", "group", "key", "zone", "from"]
)
anything = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)
tables = st.dictionaries(
    st.sampled_from(["advertiser", "publisher", "program", "enrolment", "link", "code", "key"]),
    anything | st.lists(st.dictionaries(names, anything, max_size=5), max_size=3),
    max_size=4,
)


@given(tables)
def test_no_file_at_all_crashes_the_reader(table: dict[str, Any]) -> None:
    with suppress(ProgramFileError):
        read_market(table, lambda name: zone_of("UTC"))


def test_a_day_of_the_file_is_a_day_of_the_program() -> None:
    rule = read(WHOLE.replace("from = 2026-03-29T02:30:00", "from = 2026-07-01")).rules[0]
    zone = zone_of("Europe/Stockholm")
    assert zone.day(rule.effective_from) == date(2026, 7, 1)
    assert zone.day(rule.effective_from - 1) == date(2026, 6, 30)


def test_splits_and_overrides_are_read_in_the_zone_of_their_program() -> None:
    table = tomllib.loads(
        MARKET
        + """
    [[program.split]]
    id = 1
    publisher = 10
    shares = [{ publisher = 10, share = "70 %" }, { publisher = 11, share = "30 %" }]

[[override]]
id = 1
parent = 12
child = 10
share = "10 %"
from = 2026-01-01
"""
    )
    market = read_market(table, zone_of)
    assert market.splits[0].shares == ((10, 700_000), (11, 300_000))
    (override,) = market.overrides
    assert (override.ppm, override.on_top, override.effective_from) == (100_000, False, 1_767_225_600_000)
    table["program"][0]["split"][0]["shares"] = [{"publisher": 10, "share": "70 %"}]
    with pytest.raises(ProgramFileError, match="come to 100 %"):
        read_market(table, zone_of)
