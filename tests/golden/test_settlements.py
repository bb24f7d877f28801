"""Every golden settlement comes out as it is written."""

from pathlib import Path
from typing import Any

import pytest

from tests.golden.stories import GOLDENS, outcome, read, told

FOUND = sorted((*GOLDENS.glob("exemplary/*.json"), *GOLDENS.glob("corner/*.json")))


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_golden_settlement_comes_out_as_it_is_written(path: Path) -> None:
    golden = read(path)
    story = told(golden)
    found = outcome(story)
    for section, expected in golden["expected"].items():
        assert chosen(found[section], expected) == expected, section


def chosen(found: Any, expected: Any) -> Any:
    """What was found, cut down to what a golden says anything about.

    An order or a receipt may be told in part; accounts, limits and transactions are told whole.
    """
    if isinstance(expected, list) and isinstance(found, list):
        return [chosen(one, other) for one, other in zip(found, expected, strict=False)] + found[
            len(expected) :
        ]
    if isinstance(expected, dict) and isinstance(found, dict) and is_record(found):
        return {name: chosen(found.get(name, "nothing"), value) for name, value in expected.items()}
    if isinstance(expected, dict) and isinstance(found, dict):
        return {name: chosen(value, expected.get(name)) for name, value in found.items()}
    return found


def is_record(found: dict[str, Any]) -> bool:
    """Whether a table is one thing with fields, which may be told in part, and not things by their names."""
    return "status" in found or "verdict" in found or "snapshot" in found or "left" in found


def test_every_golden_tells_its_story_and_expects_something() -> None:
    assert len(FOUND) >= 20
    for path in FOUND:
        golden = read(path)
        assert golden["story"].endswith(".")
        assert golden["expected"]
