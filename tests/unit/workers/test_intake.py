"""Slices of streams: exactly the records asked for, wherever commits begin and end."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scenarios.world import NOON, Ids
from utfall.engine import Range
from utfall.events import Refusal, Source, encode
from utfall.journal import CorruptRecord, JournalShorterThanCursor, StreamWriter
from utfall.portal.book.facade import Place
from utfall.workers.intake import Intake, fair_shares


def written(root: Path, *sizes: int, stream: str = "edge-0") -> list[str]:
    """Commits of these sizes; the ids of their events."""
    ids = Ids()
    found: list[str] = []
    with StreamWriter(root, stream) as writer:
        for size in sizes:
            events = [
                Refusal(
                    id=ids.at(NOON),
                    occurred_at=NOON,
                    received_at=NOON,
                    source=Source.EDGE,
                    reason="malformed",
                    about="click",
                )
                for _ in range(size)
            ]
            writer.append([encode(event) for event in events])
            found += [event.id for event in events]
    return found


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 7, 100])
def test_a_stream_is_taken_whole_in_slices_of_any_size(tmp_path: Path, limit: int) -> None:
    ids = written(tmp_path, 3, 1, 5, 2)
    places: dict[str, Place] = {}
    found: list[str] = []
    with Intake(tmp_path) as intake:
        while one := intake.take("edge-0", places, limit, 1 << 20):
            assert 0 < len(one.events) <= limit
            assert (one.range.start, one.range.end) == (len(found), len(found) + len(one.events))
            found += [event.id for event in one.events]
            places["edge-0"] = one.place
            assert (one.place.checksum is not None) == (len(found) in (3, 4, 9, 11))
    assert found == ids


@pytest.mark.parametrize(("start", "end"), [(0, 11), (1, 2), (2, 4), (3, 3 + 6), (4, 8), (10, 11)])
def test_a_range_is_read_exactly_as_it_was_taken(tmp_path: Path, start: int, end: int) -> None:
    ids = written(tmp_path, 3, 1, 5, 2)
    wanted = Range(stream="edge-0", start=start, end=end)
    with Intake(tmp_path) as intake:
        one = intake.exactly(wanted, {})
    assert one.range == wanted
    assert [event.id for event in one.events] == ids[start:end]


def test_a_range_beyond_the_stream_is_not_shortened_in_silence(tmp_path: Path) -> None:
    written(tmp_path, 3)
    with Intake(tmp_path) as intake, pytest.raises(JournalShorterThanCursor):
        intake.exactly(Range(stream="edge-0", start=1, end=5), {})


def test_the_place_proves_later_that_the_journal_is_the_one_that_was_settled(tmp_path: Path) -> None:
    written(tmp_path / "one", 3, 2)
    with StreamWriter(tmp_path / "other", "edge-0") as writer:
        writer.append([encode_other() for _ in range(3)])
    with StreamWriter(tmp_path / "other", "edge-0") as writer:
        writer.append([encode_other()])
    with Intake(tmp_path / "one") as intake:
        first = intake.exactly(Range(stream="edge-0", start=0, end=3), {})
    with Intake(tmp_path / "other") as intake, pytest.raises(CorruptRecord):
        intake.take("edge-0", {"edge-0": first.place}, 10, 1 << 20)


def encode_other() -> bytes:
    return encode(
        Refusal(
            id=Ids().at(0),
            occurred_at=0,
            received_at=0,
            source=Source.EDGE,
            reason="malformed",
            about="click",
        )
    )


def test_what_waits_is_counted_per_stream_and_manifests_are_not_events(tmp_path: Path) -> None:
    written(tmp_path, 3, 2, stream="edge-0")
    written(tmp_path, 4, stream="load")
    written(tmp_path, 1, stream="settlement")
    with Intake(tmp_path) as intake:
        assert intake.waiting({"load": Place(4, None), "edge-0": Place(1, None)}) == {"edge-0": 4}


@given(
    st.dictionaries(st.text(min_size=1, max_size=5), st.integers(1, 10_000), min_size=1, max_size=8),
    st.integers(1, 20_000),
)
def test_shares_waste_no_room_and_starve_nobody(waiting: dict[str, int], limit: int) -> None:
    shares = fair_shares(waiting, limit)
    assert all(1 <= shares[stream] <= waiting[stream] for stream in waiting)
    if limit >= len(waiting):
        assert sum(shares.values()) == min(limit, sum(waiting.values()))
    cut = [shares[stream] for stream in waiting if shares[stream] < waiting[stream]]
    assert all(share <= min(cut, default=share) + 1 for share in shares.values())
