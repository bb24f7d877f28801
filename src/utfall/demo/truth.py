"""What really happened in an invented market: the label of every event, and the incidents with their dates.

    truth = read_truth(path)
    truth.label_of(event_id)                      # Label.HONEST, or which attack
    truth.ids(Label.COUPON_POACHING, "conversion")

The events themselves say nothing of it (docs/algorithms/demo-market.md).
"""

from enum import StrEnum
from pathlib import Path

import msgspec
from msgspec import Struct


class Label(StrEnum):
    """What an event is part of."""

    HONEST = "honest"
    COUPON_POACHING = "coupon_poaching"
    CLICK_FLOODING = "click_flooding"
    BOT = "bot"
    SELF_REFERRAL = "self_referral"
    DUPLICATE_LEAD = "duplicate_lead"
    LEAKED_CODE = "leaked_code"


ATTACKS = tuple(label for label in Label if label is not Label.HONEST)


class Happening(StrEnum):
    """What may befall a market beside its attacks."""

    TRACKING_OUTAGE = "tracking_outage"
    LATE_GOAL = "late_goal"
    FAILED_TRANSFER = "failed_transfer"
    LATE_PAYMENT = "late_payment"
    UNKNOWN_PAYMENT = "unknown_payment"


class Incident(Struct, frozen=True, kw_only=True):
    """Something that was planted during `[since, until)`, in UTC milliseconds: an attack, or a happening."""

    kind: str
    since: int
    until: int
    advertiser: int
    program: int
    publisher: int | None = None
    link: int | None = None
    code: str | None = None
    target: int | None = None
    """The target of a goal that is late."""
    expected: float | None = None
    """How many outcomes the market brings while that goal runs."""


class Untold(Struct, frozen=True, kw_only=True):
    """An order that was placed and never told: what a publisher may claim. `click` is the touch it had."""

    order: str
    at: int
    advertiser: int
    program: int
    publisher: int | None
    amount_micros: int
    currency: str
    click: str | None = None


class Truth(Struct, frozen=True, kw_only=True):
    """All of it, for one market. `kinds` tells what each event is; what is not in `labels` is honest."""

    seed: int
    scale: float
    since: int
    until: int
    kinds: dict[str, str]
    labels: dict[str, Label]
    incidents: tuple[Incident, ...]
    untold: tuple[Untold, ...]

    def label_of(self, event: str) -> Label:
        """What an event is part of."""
        return self.labels.get(event, Label.HONEST)

    def ids(self, label: Label, kind: str | None = None) -> frozenset[str]:
        """The events with a label; of one kind, where it is named."""
        return frozenset(
            event
            for event, what in self.kinds.items()
            if kind in (None, what) and self.label_of(event) is label
        )

    def incident(self, kind: str) -> Incident:
        """The incident of a kind; KeyError where none was planted."""
        for one in self.incidents:
            if one.kind == kind:
                return one
        raise KeyError(kind)


class Labelled(Struct, frozen=True):
    """An event as the file of the truth names it."""

    kind: str
    label: Label


class Document(Struct, frozen=True, kw_only=True):
    """The truth as a file: every event with its label, so that it can be joined without knowing rules."""

    seed: int
    scale: float
    since: int
    until: int
    incidents: tuple[Incident, ...]
    untold: tuple[Untold, ...]
    events: dict[str, Labelled]


def write_truth(path: Path, truth: Truth) -> None:
    """Write the file `truth.json`."""
    events = {event: Labelled(kind, truth.label_of(event)) for event, kind in truth.kinds.items()}
    document = Document(
        seed=truth.seed,
        scale=truth.scale,
        since=truth.since,
        until=truth.until,
        incidents=truth.incidents,
        untold=truth.untold,
        events=events,
    )
    path.write_bytes(msgspec.json.encode(document) + b"\n")


class LiveTruth:
    """The truth of what happens in real time: a line for each event, in a file of its own."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")

    def tell(self, event: str, kind: str, label: Label) -> None:
        """One more event, and what it is part of."""
        self._file.write(msgspec.json.encode((event, kind, label)) + b"\n")
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def live_path(path: Path) -> Path:
    """Where the truth of real time stands, beside that of the history."""
    return path.with_suffix(".live.jsonl")


def read_truth(path: Path) -> Truth:
    """Read what `write_truth` wrote, and what `LiveTruth` added since."""
    truth, live = _history(path), live_path(path)
    for line in live.read_bytes().splitlines() if live.exists() else ():
        event, kind, label = msgspec.json.decode(line, type=tuple[str, str, Label])
        truth.kinds[event] = kind
        if label is not Label.HONEST:
            truth.labels[event] = label
    return truth


def _history(path: Path) -> Truth:
    told = msgspec.json.decode(path.read_bytes(), type=Document)
    return Truth(
        seed=told.seed,
        scale=told.scale,
        since=told.since,
        until=told.until,
        kinds={event: one.kind for event, one in told.events.items()},
        labels={event: one.label for event, one in told.events.items() if one.label is not Label.HONEST},
        incidents=told.incidents,
        untold=told.untold,
    )
