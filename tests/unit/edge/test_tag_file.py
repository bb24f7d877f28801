"""The file of the tag: what is served is what is documented, it is small, and a strict page lets it run."""

import gzip
import re

from tools.tag import SOURCE, served
from utfall.edge.browser_orders import put_on_our_clock
from utfall.edge.tag import FILE

KILOBYTE = 1000


def test_the_tag_that_is_served_is_the_one_of_the_sdk() -> None:
    assert FILE.read_text(encoding="utf-8") == served(), "run `python -m tools.tag`"


def test_the_tag_stays_small() -> None:
    assert len(gzip.compress(FILE.read_bytes())) < 4 * KILOBYTE


def test_the_tag_needs_nothing_that_a_strict_policy_refuses() -> None:
    text = served()
    for refused in ("eval(", "Function(", "innerHTML", "document.write", "setAttribute(", "import("):
        assert refused not in text
    assert re.findall(r"https?://", text) == [], "it calls nobody but the edge it came from"


def test_a_comment_of_the_tag_stands_on_a_line_of_its_own() -> None:
    """So that taking it out needs no parser."""
    lines = [line for line in SOURCE.read_text(encoding="utf-8").splitlines() if " //" in line.lstrip("/ ")]
    assert [line for line in lines if not line.lstrip().startswith("//")] == []
    assert "/*" not in SOURCE.read_text(encoding="utf-8").replace("/\\/*$/", "")


def test_a_small_difference_of_clocks_is_the_way_here() -> None:
    row: dict[str, object] = {"checkout_at": 5_000, "sent_at": 9_000}
    put_on_our_clock(row, 10_000)
    assert row == {"checkout_at": 5_000}


def test_a_mark_without_a_clock_is_left_alone() -> None:
    row: dict[str, object] = {"checkout_at": "1970-01-01T00:00:05Z"}
    put_on_our_clock(row, 10_000)
    assert row == {"checkout_at": 5_000}
    empty: dict[str, object] = {"sent_at": 1}
    put_on_our_clock(empty, 10_000)
    assert empty == {}
