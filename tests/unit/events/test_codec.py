"""Events are written one way, read for ever, and refused with a reason when they are none."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from utfall.events import (
    Click,
    EventDecodeError,
    Source,
    decode,
    decode_many,
    encode,
    event_id,
    from_json,
    to_json,
)
from utfall.events.codec import CURRENT_VERSION, KINDS, UPGRADES, Upgrade

GOLDEN = Path(__file__).parents[2] / "golden" / "events"
AT = 1_790_000_000_000
CLICK = Click(
    id=event_id(AT, bytes(10)),
    occurred_at=AT,
    received_at=AT,
    advertiser=1,
    program=100,
    publisher=10,
    link=1000,
)


def goldens() -> list[Any]:
    return [
        pytest.param(row, id=f"{path.stem}-{row['name']}")
        for path in sorted(GOLDEN.glob("*.v1.json"))
        for row in json.loads(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("row", goldens())
def test_the_bytes_of_version_one_are_read_and_written_for_ever(row: dict[str, Any]) -> None:
    event = decode(bytes.fromhex(row["stored"]))
    assert json.loads(to_json(event)) == row["event"]
    assert encode(event).hex() == row["stored"]


@pytest.mark.parametrize("row", goldens())
def test_the_json_form_of_version_one_is_read_and_written_for_ever(row: dict[str, Any]) -> None:
    event = from_json(json.dumps(row["event"]).encode())
    assert encode(event).hex() == row["stored"]


def test_every_kind_has_its_golden_bytes() -> None:
    assert {path.name.removesuffix(".v1.json") for path in GOLDEN.glob("*.v1.json")} == set(KINDS)


def test_a_commit_of_many_events_is_read_in_one_call() -> None:
    events = [decode(bytes.fromhex(param.values[0]["stored"])) for param in goldens()]
    assert decode_many(msgspec.msgpack.encode(events)) == events
    assert decode_many(msgspec.msgpack.encode([])) == []


def fields_of(event: Click) -> list[Any]:
    fields: list[Any] = msgspec.msgpack.decode(encode(event))
    return fields


def test_an_event_written_before_a_field_was_added_is_read_with_its_default() -> None:
    """Fields are appended with defaults; version one may end early."""
    assert decode(msgspec.msgpack.encode(fields_of(CLICK)[:-9])) == CLICK


def older(*, version: int) -> bytes:
    """A click as some version before the present would have stored it: its link stood first."""
    stored = fields_of(CLICK)
    link = stored.pop(9)
    stored[4] = version
    return msgspec.msgpack.encode([*stored[:6], link, *stored[6:]])


def lift_zero(stored: list[Any]) -> list[Any]:
    """From version zero to version one: the link goes to its place."""
    link = stored[6]
    rest = [*stored[:6], *stored[7:]]
    return [*rest[:4], 1, *rest[5:9], link, *rest[9:]]


OLDER: dict[tuple[str, int], Upgrade] = {
    ("click", -1): lambda stored: [*stored[:4], 0, *stored[5:]],
    ("click", 0): lift_zero,
}


def test_an_older_version_is_lifted_one_version_at_a_time() -> None:
    assert decode(older(version=0), OLDER) == CLICK
    assert decode(older(version=-1), OLDER) == CLICK


def test_versions_old_and_new_are_read_from_one_commit() -> None:
    both = msgspec.msgpack.encode([msgspec.Raw(older(version=0)), CLICK])
    assert decode_many(both, OLDER) == [CLICK, CLICK]


def test_nothing_has_been_upgraded_yet() -> None:
    assert (CURRENT_VERSION, UPGRADES) == (1, {})


@pytest.mark.parametrize("version", [0, 2, 99])
def test_a_version_nobody_can_lift_is_refused(version: int) -> None:
    stored = fields_of(CLICK)
    stored[4] = version
    with pytest.raises(EventDecodeError, match=f"click version {version} is not readable"):
        decode(msgspec.msgpack.encode(stored))
    document = {**json.loads(to_json(CLICK)), "version": version}
    with pytest.raises(EventDecodeError, match=f"click version {version} is not readable"):
        from_json(json.dumps(document).encode())


@pytest.mark.parametrize(
    "stored",
    [
        None,
        7,
        "click",
        {},
        [],
        ["click"],
        [[], 1, 1, 1, 1],
        [{}, 1, 1, 1, 1],
        [1, "a", 1, 1, 1],
        ["nothing", "a", 1, 1, 1],
        ["click", "a", 1, 1, 1],
        ["click", "a", 1, 1, "1"],
        ["click", "a", 1, 1, None],
        ["click", "a", 1, 1, True],
    ],
)
def test_what_is_no_event_is_refused_and_never_crashes(stored: object) -> None:
    for read in (decode, lambda data: decode_many(b"\x91" + data)):
        with pytest.raises(EventDecodeError):
            read(msgspec.msgpack.encode(stored))


@pytest.mark.parametrize("data", [b"", b"\xc1", b"\x95", encode(CLICK)[:-1], encode(CLICK) + b"\x00"])
def test_torn_or_trailing_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(EventDecodeError):
        decode(data)


@pytest.mark.parametrize(("place", "value"), [(1, 5), (2, "now"), (2, 1.5), (5, "fax"), (9, None), (18, [1])])
def test_a_field_of_the_wrong_type_is_refused(place: int, value: object) -> None:
    stored = fields_of(CLICK)
    stored[place] = value
    with pytest.raises(EventDecodeError):
        decode(msgspec.msgpack.encode(stored))


def test_the_place_of_a_bad_event_among_many_is_told() -> None:
    with pytest.raises(EventDecodeError, match="event 1") as caught:
        decode_many(msgspec.msgpack.encode([CLICK, ["click"], CLICK]))
    assert caught.value.index == 1


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (b"", "truncated"),
        (b"[]", "object"),
        (b"{}", "unknown kind"),
        (b'{"kind": []}', "unknown kind"),
        (b'{"kind": "visit"}', "unknown kind"),
        (b'{"kind": "click", "colour": 1}', "unknown fields"),
        (b'{"kind": "click"}', "missing field id"),
        (to_json(CLICK).replace(b'"link":1000', b'"link":"x"'), "int"),
        (to_json(CLICK).replace(b'"source":"edge"', b'"source":"fax"'), "fax"),
        (to_json(CLICK).replace(b'"link":1000', b'"link":null'), "int"),
    ],
)
def test_json_that_is_no_event_says_what_is_wrong(document: bytes, why: str) -> None:
    with pytest.raises(EventDecodeError, match=why):
        from_json(document)


def test_json_names_only_what_is_set_and_sorts_its_keys() -> None:
    written = json.loads(to_json(CLICK))
    assert list(written) == sorted(written)
    assert "visitor" not in written
    assert written["kind"] == "click"
    assert from_json(to_json(CLICK)) == CLICK


def test_an_event_does_not_change() -> None:
    with pytest.raises(AttributeError):
        CLICK.source = Source.LOAD  # type: ignore[misc]
