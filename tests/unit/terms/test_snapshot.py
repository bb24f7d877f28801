"""A sealed snapshot: canonical, named by its content, and answering with what was in force."""

from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from tests.unit.engine.market import MARKET, NOON, snapshot, zone_of
from utfall.events import Outcome
from utfall.terms import (
    Advertiser,
    ApiKey,
    Code,
    Enrolment,
    InvalidSnapshot,
    Limit,
    Link,
    Market,
    Measure,
    Period,
    Program,
    ProgramTerms,
    PromotionType,
    Publisher,
    TouchClass,
    Zone,
    check_market,
    load_snapshot,
    seal,
)
from utfall.terms.snapshot import content_hash

GOLDEN = Path(__file__).parents[2] / "golden" / "snapshots"


def shuffled(market: Market) -> Market:
    chance = Random(7)
    fields = {name: list(getattr(market, name)) for name in market.__struct_fields__}
    for items in fields.values():
        chance.shuffle(items)
    return Market(**{name: tuple(items) for name, items in fields.items()})


def test_the_same_agreements_have_the_same_bytes_in_whatever_order_they_are_written() -> None:
    market = snapshot().market
    assert seal(shuffled(market)) == seal(market)
    assert load_snapshot(seal(market)).hash == content_hash(seal(market)) == snapshot().hash


def test_what_is_loaded_is_what_was_sealed() -> None:
    market = snapshot().market
    assert load_snapshot(seal(market)).market == market


def test_any_change_changes_the_name() -> None:
    hashes = {snapshot(text).hash for text in (MARKET, MARKET.replace('"8 %"', '"9 %"'), MARKET + "\n")}
    assert len(hashes) == 2


@pytest.mark.parametrize("data", [b"", b"\x00", b"\x80\x80", seal(Market())[:-1], b'{"zones": []}'])
def test_bytes_that_are_no_snapshot_are_refused(data: bytes) -> None:
    with pytest.raises(InvalidSnapshot):
        load_snapshot(data)


def test_an_unsound_market_is_not_sealed_and_says_why() -> None:
    with pytest.raises(InvalidSnapshot, match="program 1: unknown advertiser 1"):
        seal(Market(zones=(zone_of("UTC"),), programs=(program(1),)))


def program(identity: int, advertiser: int = 1, **more: Any) -> Program:
    own = {
        "name": "P",
        "currency": "SEK",
        "zone": "UTC",
        "versions": (ProgramTerms(version=1, effective_from=0),),
    }
    return Program(**{"id": identity, "advertiser": advertiser, **own, **more})


def limit(cap: int) -> Limit:
    return Limit(id=1, program=100, name="L", measure=Measure.COST, period=Period.MONTH, cap=cap)


def templated(*template: tuple[str, str]) -> Link:
    return Link(id=1, key="a", program=100, publisher=10, destination="https://s.example/", template=template)


def sealed_before(name: str) -> bytes:
    data = (GOLDEN / f"{name}.snapshot").read_bytes()
    assert content_hash(data) == (GOLDEN / f"{name}.hash").read_text().strip()
    return data


def written_today(name: str) -> Market:
    return snapshot((GOLDEN / f"{name}.toml").read_text(encoding="utf-8")).market


def test_a_snapshot_of_version_one_is_read_for_ever() -> None:
    market = load_snapshot(sealed_before("small.v1")).market
    (key,) = market.keys
    assert key.digest == "d1", "it was sealed before digests were checked"
    checked = msgspec.structs.replace(key, digest="d1" * 32)
    assert msgspec.structs.replace(market, keys=(checked,)) == written_today("small.v1")


def test_a_link_without_a_template_has_the_bytes_it_had_before_there_were_any() -> None:
    data = sealed_before("small.v1")
    market = msgspec.structs.replace(load_snapshot(data).market, keys=written_today("small.v1").keys)
    assert seal(market) == data.replace(b"\xa2d1", b"\xd9\x40" + b"d1" * 32), "digests are checked by now"
    assert b"template" not in data


def test_a_snapshot_of_version_two_is_read_and_sealed_for_ever() -> None:
    data = sealed_before("small.v2")
    assert load_snapshot(data).market == written_today("small.v2")
    assert seal(written_today("small.v2")) == data
    assert load_snapshot(data).market.links[0].template[2] == ("cid", "{click}")


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ({"advertisers": ()}, "unknown advertiser 1"),
        ({"zones": ()}, "unknown time zone UTC"),
        ({"publishers": ()}, "unknown publisher 10"),
        ({"programs": (program(100, currency="XXX"),)}, "unknown currency XXX"),
        ({"programs": (program(100, versions=()),)}, "at least one"),
        ({"programs": (program(100), program(100))}, "the id is used twice"),
        ({"programs": (program(100), program(1 << 32))}, "an id is a positive number"),
        (
            {"links": (Link(id=1, key="å", program=100, publisher=10, destination="x"),)},
            "a key is 1 to 32 letters",
        ),
        ({"links": (Link(id=1, key="a", program=7, publisher=10, destination="x"),)}, "unknown program 7"),
        ({"codes": (Code(code="A", program=100, publisher=77),)}, "unknown publisher 77"),
        (
            {"enrolments": (Enrolment(program=100, publisher=10, starts_at=0, group=3),)},
            "group 3 is not one of its groups",
        ),
        (
            {"enrolments": (Enrolment(program=100, publisher=10, starts_at=5, ends_at=5),)},
            "ends before it begins",
        ),
        (
            {
                "enrolments": (
                    Enrolment(program=100, publisher=10, starts_at=0, ends_at=6),
                    Enrolment(program=100, publisher=10, starts_at=5),
                )
            },
            "two intervals overlap",
        ),
        ({"keys": (ApiKey(digest="d1", name="K", advertiser=1),)}, "a digest is 64 hex characters"),
        ({"keys": (ApiKey(digest="D1" * 32, name="K", advertiser=1),)}, "a digest is 64 hex characters"),
        ({"advertisers": (Advertiser(id=1, name="A", postback_digest=""),)}, "postback_digest: a digest"),
        ({"links": (templated(("x", "{token}")),)}, "unknown macro {token}"),
        ({"links": (templated(("x", "{sub11}")),)}, "unknown macro {sub11}"),
        ({"links": (templated(("x", "{Click}")),)}, "unknown macro {Click}"),
        ({"links": (templated(("x", "{click")),)}, "opens or closes no macro"),
        ({"links": (templated(("x", "{{click}}")),)}, "opens or closes no macro"),
        ({"links": (templated(("x", "y" * 201)),)}, "at most 200 characters"),
        ({"links": (templated(("x", "a\nb")),)}, "characters that can be seen"),
        ({"links": (templated(("a b", "y")),)}, "a name is 1 to 64"),
        ({"links": (templated(("", "y")),)}, "a name is 1 to 64"),
        ({"links": (templated(("x", "1"), ("x", "2")),)}, "there twice"),
        ({"links": (templated(("utfall", "1")),)}, "the one of the click token"),
        ({"links": (templated(*((f"x{n}", "") for n in range(21))),)}, "at most 20 parameters"),
        ({"limits": (limit(-1),)}, "a cap is not negative"),
        ({"limits": (limit(10**18 + 1),)}, "a cap is at most 10^18"),
    ],
)
def test_each_problem_of_a_market_is_found(broken: dict[str, Any], why: str) -> None:
    sound = Market(
        zones=(zone_of("UTC"),),
        advertisers=(Advertiser(id=1, name="A"),),
        publishers=(Publisher(id=10, name="P"),),
        programs=(program(100),),
        enrolments=(Enrolment(program=100, publisher=10, starts_at=0),),
    )
    assert check_market(sound) == []
    found = [problem.why for problem in check_market(msgspec.structs.replace(sound, **broken))]
    assert any(why in problem for problem in found)


def test_a_move_between_groups_is_two_enrolments_that_meet() -> None:
    text = MARKET.replace(
        "[[enrolment]]\nprogram = 100\npublisher = 10",
        "[[enrolment]]\nprogram = 100\npublisher = 10\nuntil = 2026-06-10\n\n"
        "[[enrolment]]\nprogram = 100\npublisher = 10\nfrom = 2026-06-10\ngroup = 5",
        1,
    ).replace(
        "    [[program.terms]]",
        '    [[program.group]]\n    id = 5\n    name = "Gold"\n\n    [[program.terms]]',
        1,
    )
    terms = snapshot(text)
    midnight = NOON - 12 * 3_600_000
    before, after = terms.enrolment_at(100, 10, midnight - 1), terms.enrolment_at(100, 10, midnight)
    assert before is not None
    assert after is not None
    assert (before.group, after.group) == (None, 5)


def test_a_code_belongs_to_whoever_held_it_then_whatever_its_case() -> None:
    text = MARKET.replace('code = "SUMMER"', 'code = "SUMMER"\nuntil = 2026-06-10') + (
        '\n[[code]]\ncode = "summer"\nprogram = 100\npublisher = 10\nfrom = 2026-06-10\n'
    )
    terms = snapshot(text)
    midnight = NOON - 12 * 3_600_000
    assert [code.publisher for code in terms.codes_at(1, "Summer", midnight - 1)] == [11]
    assert [code.publisher for code in terms.codes_at(1, "SUMMER", midnight)] == [10]
    assert terms.codes_at(2, "SUMMER", midnight) == []
    assert terms.codes_at(1, "WINTER", midnight) == []


def test_terms_are_those_of_the_version_in_force() -> None:
    versions = tuple(ProgramTerms(version=number, effective_from=number * 10) for number in (1, 2, 3))
    held = program(1, versions=versions)
    found = [terms.version if (terms := held.terms_at(at)) else None for at in (9, 10, 19, 20, 35)]
    assert found == [None, 1, 1, 2, 3]


@pytest.mark.parametrize(
    ("promotion", "expected"),
    [
        (PromotionType.CONTENT, TouchClass.STANDARD),
        (PromotionType.CASHBACK, TouchClass.INCENTIVE),
        (PromotionType.LOYALTY, TouchClass.INCENTIVE),
        (PromotionType.EMPLOYEE_BENEFITS, TouchClass.INCENTIVE),
        (PromotionType.RETARGETING, TouchClass.SOFT),
        (PromotionType.EXTENSION, TouchClass.SOFT),
    ],
)
def test_the_class_of_a_click_follows_its_publisher_unless_the_link_says_otherwise(
    promotion: PromotionType, expected: TouchClass
) -> None:
    text = MARKET.replace('name = "The Blog"', f'name = "The Blog"\npromotion_type = "{promotion.value}"')
    terms = snapshot(text)
    assert terms.touch_class(terms.links[1000]) is expected
    own = snapshot(text.replace('key = "blog"', 'key = "blog"\ntouch_class = "soft"'))
    assert own.touch_class(own.links[1000]) is TouchClass.SOFT


def large(programs: int, links: int) -> Market:
    """A market of many programs, each with one publisher of its own and as many links."""
    each = links // programs
    return Market(
        zones=(Zone("UTC", (0,), (0,)),),
        advertisers=(Advertiser(id=1, name="A"),),
        publishers=tuple(Publisher(id=number, name=f"P{number}") for number in range(1, programs + 1)),
        programs=tuple(program(number) for number in range(1, programs + 1)),
        enrolments=tuple(
            Enrolment(program=number, publisher=number, starts_at=0) for number in range(1, programs + 1)
        ),
        links=tuple(
            Link(
                id=number,
                key=f"k{number}",
                program=(number - 1) // each + 1,
                publisher=(number - 1) // each + 1,
                destination="https://shop.example/",
            )
            for number in range(1, links + 1)
        ),
    )


def test_ten_thousand_programs_and_two_hundred_thousand_links_are_sealed_and_found() -> None:
    terms = load_snapshot(seal(large(10_000, 200_000)))
    assert (len(terms.programs), len(terms.links)) == (10_000, 200_000)
    last = terms.links_by_key["k200000"]
    assert (last.id, last.program, terms.zone_of(last.program).name) == (200_000, 10_000, "UTC")
    assert terms.enrolment_at(last.program, last.publisher, 5) is not None
    assert terms.rules_for(last.program, Outcome.SALE) == []
