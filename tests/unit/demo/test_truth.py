"""The truth as a file, and what real time adds to it."""

import json
from pathlib import Path

from utfall.demo.simulation import generate
from utfall.demo.truth import Label, LiveTruth, live_path, read_truth, write_truth


def test_the_file_holds_every_event_with_its_label(tmp_path: Path) -> None:
    truth = generate(1, days=14, scale=0.1).truth
    path = tmp_path / "truth.json"
    write_truth(path, truth)
    assert read_truth(path) == truth
    told = json.loads(path.read_bytes())
    assert len(told["events"]) == len(truth.kinds)
    some = next(iter(truth.ids(Label.BOT)))
    assert told["events"][some] == {"kind": "click", "label": "bot"}


def test_real_time_adds_to_it(tmp_path: Path) -> None:
    truth = generate(1, days=14, scale=0.1).truth
    path = tmp_path / "truth.json"
    write_truth(path, truth)
    live = LiveTruth(live_path(path))
    live.tell("a", "click", Label.HONEST)
    live.tell("b", "conversion", Label.COUPON_POACHING)
    live.close()
    found = read_truth(path)
    assert len(found.kinds) == len(truth.kinds) + 2
    assert (found.label_of("a"), found.label_of("b")) == (Label.HONEST, Label.COUPON_POACHING)
