"""The terms in force, for pricing what another network paid: the newest snapshot, kept by its hash."""

from pathlib import Path
from typing import Final

from utfall.engine import OrderState
from utfall.engine.pricing import price_order
from utfall.engine.state import LineState
from utfall.events import Outcome, Source
from utfall.portal.site import site
from utfall.terms import ProgramTerms, Snapshot, Status, load_snapshot

CURRENT: Final = "CURRENT"
DAY_MS: Final = 86_400_000
_held: list[Snapshot] = []
"""The snapshot that was read last; nothing or one."""


def terms_in_force() -> Snapshot | None:
    """What is agreed now; None before anything was sealed."""
    folder = Path(site().snapshots_dir)
    try:
        name = (folder / CURRENT).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    if not _held or _held[0].hash != name:
        _held[:] = [load_snapshot((folder / f"{name}.snapshot").read_bytes())]
    return _held[0]


def price_of(
    terms: Snapshot | None,
    *,
    program: int,
    publisher: int,
    outcome: Outcome,
    at: int,
    now: int,
    amount_micros: int,
    currency: str,
    code: str,
) -> int | None:
    """What the terms pay for a sale; those of today where none were in force yet. None: no price."""
    known = terms.programs.get(program) if terms is not None else None
    if terms is None or known is None or known.currency != currency:
        return None
    when = at if active_at(terms, program, at) is not None else now
    if active_at(terms, program, when) is None:
        return None
    enrolment = terms.enrolment_at(program, publisher, when) or terms.enrolment_at(program, publisher, now)
    order = OrderState(
        id=0,
        advertiser=known.advertiser,
        outcome=outcome,
        order="",
        event="",
        occurred_at=when,
        received_at=when,
        source=Source.CONSOLE,
        currency=currency,
        lines=[LineState(amount_micros)],
        supplied={},
        program=program,
        publisher=publisher,
        group=enrolment.group if enrolment else None,
        code=code or None,
    )
    (line,) = price_order(order, terms)
    return line.commission_micros if line.rule is not None else None


def active_at(terms: Snapshot, program: int, at: int) -> ProgramTerms | None:
    """The version that was in force and paid, if one did."""
    known = terms.programs.get(program)
    version = known.terms_at(at) if known is not None else None
    return version if version is not None and version.status is Status.ACTIVE else None
