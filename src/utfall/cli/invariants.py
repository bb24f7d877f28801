"""Asking the invariants of a whole installation, the lake's agreement with the book included."""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from utfall.cli.failures import Failure
from utfall.cli.money_plane import open_existing_book
from utfall.settings import Settings
from utfall.workers.invariants import CHECKS, Evidence, lake_equals_book

_LAKE_METRICS: Final = ("commission_pending", "commission_approved", "fee", "cost")
_TRIES: Final = 40
_REST_S: Final = 0.25
_STILL_AT_MOST: Final = 4
"""How often the list of orders may be found where it was before nothing is taken to follow the book."""


class Asked(NamedTuple):
    """One invariant, and what does not hold of it."""

    check: str
    findings: list[str]
    note: str = ""

    @property
    def holds(self) -> bool:
        """Whether it does."""
        return not self.findings


class _Apart(Exception):
    """The lake speaks of another batch than the book does at this moment."""

    def __init__(self, lake: int, book: int) -> None:
        holds = f"ends with batch {lake}" if lake >= 0 else "holds nothing"
        super().__init__(f"The lake {holds}, the book ends with batch {book}, and nothing waits.")
        self.is_lost = lake < book
        """Whether the lake lacks what it had taken: no more of it waits in the book."""


def asked(settings: Settings) -> Iterator[Asked]:
    """Every invariant in turn; those of the book see it as it stands at one moment."""
    from utfall.portal.book import facade
    from utfall.workers.supervise import running_state

    has_portal = _open_portal(settings)
    book = open_existing_book(settings)
    evidence = Evidence(
        book=book,
        journal_dir=settings.journal_dir.absolute(),
        snapshots_dir=settings.snapshots_dir.absolute(),
        keys_dir=settings.keys_dir.absolute(),
        lake_sums=lambda: _lake_sums(settings.lake_dir, facade.progress(book).seq),
    )
    checks = {name: check for name, check in CHECKS.items() if check is not lake_equals_book}
    with facade.reading(book):
        for name, check in checks.items():
            yield Asked(name, list(check(evidence)))
    yield _ask_lake(evidence, settings.lake_dir)
    if has_portal:
        yield _ask_log()
        yield _ask_orders(evidence, is_up=running_state(settings.run_dir) is not None)


def _open_portal(settings: Settings) -> bool:
    """The portal's tables as they are, if there are any; a check changes nothing, not even the tables."""
    from django.db.utils import DEFAULT_DB_ALIAS

    from utfall.cli.control_plane import site_config
    from utfall.portal.databases import is_made
    from utfall.portal.site import setup_site

    if not settings.database and not settings.portal_path.exists():
        return False
    setup_site(site_config(settings))
    return is_made(DEFAULT_DB_ALIAS)


def _ask_log() -> Asked:
    from utfall.portal.audit.facade import verify

    verdict = verify()
    broken = [] if verdict.holds else [f"entry {verdict.broken_at}: {verdict.reason}"]
    return Asked("the audit log is whole", broken)


def _ask_orders(evidence: Evidence, *, is_up: bool) -> Asked:
    """Compare the list of orders with the book at a moment when both speak of the same receipt.

    `is_up`: whether a supervisor runs, under which the list follows however long it may pause.
    """
    from utfall.portal.book import facade
    from utfall.portal.conversions.projecting import followed
    from utfall.portal.databases import CONVERSIONS, is_made
    from utfall.workers.follow import difference

    name = "the list of orders equals the book"
    if not is_made(CONVERSIONS):
        return Asked(name, [], "not asked: nothing follows the book yet (utfall follow)")
    read, still = -1, 0
    for _ in range(_TRIES):
        with facade.reading(evidence.book):
            found = difference(evidence.book)
        if found is not None:
            return Asked(name, found)
        before, read = read, followed().receipt
        still = still + 1 if read == before else 0
        if still == _STILL_AT_MOST and not is_up:
            return Asked(
                name, [], f"not asked: it stands at receipt {read}, and nothing follows (utfall follow)"
            )
        time.sleep(_REST_S)
    return Asked(name, [], "not asked: the list has not caught up with the book (utfall follow)")


def _ask_lake(evidence: Evidence, lake_dir: Path) -> Asked:
    """Compare lake and book at a moment when both speak of the same batch; that may take some tries, if
    somebody ships meanwhile. Where nobody does, what waits is said at once.
    """
    from utfall.lake import is_written
    from utfall.portal.book import facade

    name = next(name for name, check in CHECKS.items() if check is lake_equals_book)
    for tried in range(_TRIES):
        ships = is_written(lake_dir)
        try:
            with facade.reading(evidence.book):
                if not (waiting := facade.untold(evidence.book)):
                    return Asked(name, list(lake_equals_book(evidence)))
        except _Apart as apart:
            # A lake that is ahead may have been written between the book's moment and its own.
            if apart.is_lost or (tried and not ships):
                return Asked(name, [str(apart)])
        else:
            if not ships:
                return Asked(name, [], _unshipped(waiting))
        time.sleep(_REST_S)
    return Asked(name, [], "not asked: the lake has not caught up with the book")


def _unshipped(batches: int) -> str:
    waits = "1 batch waits" if batches == 1 else f"{batches} batches wait"
    return f"not asked: {waits} for the lake, and nothing ships (utfall settle --once)"


def _lake_sums(lake_dir: Path, batch: int) -> Mapping[str, Mapping[str, int]]:
    from utfall.lake import NOTHING_SHIPPED, Lake, Query, machine_table

    if batch and not lake_dir.exists():
        raise Failure(f"there is no lake in {lake_dir}: utfall settle --once ships to it")
    with Lake(lake_dir) as lake:
        report = lake.report(Query(_LAKE_METRICS))
    if report.shipped != (batch or NOTHING_SHIPPED):
        raise _Apart(report.shipped, batch)
    return {row.pop("currency"): row for row in machine_table(report).to_pylist()}
