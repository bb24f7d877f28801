"""In which order money pays, and how far it reaches: docs/algorithms/funding.md, without a table in sight.

settlings(papers, 500_000_000, unit=10_000)     # what a deposit pays of open papers
covers(papers, deposit, owed, accrued)          # how far it covers each thing that is owed, in tenths
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from utfall.portal.book.facade import AdvertiserPaper
from utfall.portal.funding.contracts import TENTHS


class Cover(NamedTuple):
    """How far an invoice is covered, in tenths, and when it is due. `through`, `through_at`: the last entry
    that it is about, and when that was settled.
    """

    through: int
    through_at: int
    tenths: int
    due: str | None = None


class Covers(NamedTuple):
    """How far all that an advertiser owes in a currency is covered, in tenths; papers by their bounds."""

    papers: tuple[Cover, ...]
    owed: int
    accrued: int

    def paper(self, entry: int | None, at_ms: int | None) -> Cover | None:
        """The invoice on which what an entry approved stands, or what was approved at a time; None: it is
        not invoiced.
        """
        if entry is not None:
            place = bisect_left(self.papers, entry, key=lambda one: one.through)
        elif at_ms is not None:
            place = bisect_left(self.papers, at_ms, key=lambda one: one.through_at)
        else:
            return None
        return self.papers[place] if place < len(self.papers) else None

    def tenths_of(self, paper: Cover | None) -> int:
        """How far an invoice is covered, or (None) what is approved and not invoiced."""
        return self.owed if paper is None else paper.tenths


def in_order(papers: Sequence[AdvertiserPaper]) -> list[AdvertiserPaper]:
    """Open papers as a deposit pays them: credit notes first, then by the day they are due, then by issue."""
    held = [one for one in papers if one.open_micros]
    return sorted(held, key=lambda one: (one.open_micros > 0, one.due is None, one.due or "", one.id))


def settlings(
    papers: Sequence[AdvertiserPaper], deposit_micros: int, unit: int
) -> list[tuple[AdvertiserPaper, int]]:
    """What a deposit pays of each open paper, in whole minor units; a credit note's amount is below zero."""
    told, left = [], deposit_micros
    for one in in_order(papers):
        micros = min(one.open_micros, max(left, 0)) // unit * unit if one.open_micros > 0 else one.open_micros
        if micros:
            told.append((one, micros))
            left -= micros
    return told


def reached(papers: Sequence[AdvertiserPaper], deposit_micros: int) -> tuple[dict[str, int], int]:
    """What a deposit covers of each open invoice, by name, and what is left of it."""
    told = settlings(papers, max(deposit_micros, 0), 1)
    return {one.name: micros for one, micros in told if micros > 0}, deposit_micros - sum(
        micros for _one, micros in told
    )


def covers(
    papers: Sequence[AdvertiserPaper], deposit_micros: int, owed_micros: int, accrued_micros: int
) -> Covers:
    """How far a deposit covers what is owed, in the order in which it pays; from papers of one currency."""
    paid, left = reached(papers, deposit_micros)
    told = [
        Cover(one.through, one.through_at, _cover_of(one, paid.get(one.name, 0)), one.due)
        for one in sorted(papers, key=lambda one: one.through)
        if one.corrects is None and not _is_taken_back(one)
    ]
    of_owed = min(max(left, 0), max(owed_micros, 0))
    return Covers(
        papers=tuple(told),
        owed=tenths(of_owed, owed_micros),
        accrued=tenths(left - of_owed, accrued_micros),
    )


def _cover_of(paper: AdvertiserPaper, more: int) -> int:
    return tenths(paper.settled_micros + more, paper.total_micros)


def _is_taken_back(paper: AdvertiserPaper) -> bool:
    """An invoice that was credited in full: what it said is invoiced again."""
    return paper.net_micros > 0 and paper.credited_micros >= paper.net_micros


def tenths(part: int, whole: int) -> int:
    """A share in tenths, rounded down; all of it where nothing is owed.

    >>> tenths(50, 120), tenths(120, 120), tenths(119, 120), tenths(-5, 120), tenths(0, 0)
    (4, 10, 9, 0, 10)
    """
    if whole <= 0:
        return TENTHS
    return max(0, min(TENTHS, part * TENTHS // whole))
