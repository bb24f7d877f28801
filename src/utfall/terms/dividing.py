"""What can be wrong with splits and overrides."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import TypeVar

from utfall.money import PPM
from utfall.terms.shares import SHARES_MOST, Override, Split

Agreed = TypeVar("Agreed", Split, Override)
Words = Iterator[tuple[str, str]]
"""Where, and why."""


def split_problems(splits: Sequence[Split]) -> Words:
    """Splits that do not come to the whole, or stand beside another at the same time."""
    for split in splits:
        where = f"split {split.id}"
        named = [publisher for publisher, _ in split.shares]
        if sum(ppm for _, ppm in split.shares) != PPM or any(ppm <= 0 for _, ppm in split.shares):
            yield where, "its shares are above zero and come to 100 %"
        if split.publisher not in named or len(set(named)) != len(named):
            yield where, "the publisher that wins has one of the shares, and nobody has two"
        if not 2 <= len(named) <= SHARES_MOST:
            yield where, f"it names 2 to {SHARES_MOST} publishers"
        yield from _backward(where, split)
    for one, other in _meeting(splits):
        if (one.program, one.publisher) == (other.program, other.publisher):
            yield f"split {other.id}", f"split {one.id} shares the same orders at the same time"


def override_problems(overrides: Sequence[Override]) -> Words:
    """Overrides that give more away than there is, or are said twice."""
    for override in overrides:
        where = f"override {override.id}"
        if not 0 < override.ppm <= PPM:
            yield where, "it is a share above zero, at most 100 %"
        if override.parent == override.child:
            yield where, "nobody is its own parent"
        if override.on_top and override.program is None:
            yield where, "what an advertiser pays on top is agreed for one program"
        yield from _backward(where, override)
    for one, other in _meeting(overrides):
        if one.child == other.child and one.parent == other.parent and _overlap(one, other):
            yield f"override {other.id}", f"override {one.id} pays the same parent at the same time"
    for child in sorted({one.child for one in overrides}):
        yield from _given_away(child, [one for one in overrides if one.child == child and not one.on_top])


def _backward(where: str, one: Split | Override) -> Words:
    if one.effective_until is not None and one.effective_until <= one.effective_from:
        yield where, "it ends before it begins"


def _meeting(agreed: Iterable[Agreed]) -> Iterator[tuple[Agreed, Agreed]]:
    """Pairs that are in force at some time together, among those of one publisher."""
    groups: dict[int, list[Agreed]] = {}
    for one in agreed:
        groups.setdefault(getattr(one, "child", 0) or getattr(one, "publisher", 0), []).append(one)
    for group in groups.values():
        for one, other in combinations(group, 2):
            first, last = sorted((one, other), key=lambda each: each.effective_from)
            if first.effective_until is None or first.effective_until > last.effective_from:
                yield one, other


def _overlap(one: Override, other: Override) -> bool:
    return None in (one.program, other.program) or one.program == other.program


def _given_away(child: int, given: Sequence[Override]) -> Words:
    """A child gives at most all of it away, in every program, at any time."""
    programs: set[int | None] = {one.program for one in given} or {None}
    for program in programs:
        there = [one for one in given if one.program in (None, program)]
        for start in sorted({one.effective_from for one in there}):
            if sum(one.ppm for one in there if one.holds_at(start)) > PPM:
                yield f"publisher {child}", "its overrides give away more than all it earns"
                return
