"""What can go wrong in the lake, as facts; the tree is drawn in the package's docstring."""

import difflib
from collections.abc import Iterable
from pathlib import Path


class LakeError(Exception):
    """Root of the tree; `retry` says whether the same call may succeed later."""

    retry = False


class CatalogDamaged(LakeError):
    """The catalog is not one this version reads."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why


class LakeBusy(LakeError):
    """Another process writes this lake."""

    retry = True

    def __init__(self, root: Path) -> None:
        super().__init__(f"{root} is being written by another process")
        self.root = root


class BatchOutOfOrder(LakeError):
    """A batch that overlaps what the lake holds, or leaves a gap: counting it would be wrong either way."""

    def __init__(self, *, shipped: int, first: int, last: int) -> None:
        super().__init__(f"batches {first} to {last} do not follow {shipped}, the last one in the lake")
        self.shipped = shipped
        self.first = first
        self.last = last


class QueryError(LakeError):
    """A question that cannot be answered as it was asked."""


class UnknownName(QueryError):
    """No metric or dimension has this name; `suggestion` is the nearest that exists."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
        self.what = what
        self.name = name
        self.suggestion = close[0] if close else None
        super().__init__(
            f"unknown {what} {name!r}" + (f"; did you mean {self.suggestion}?" if self.suggestion else "")
        )


class InvalidQuery(QueryError):
    """A value, order or range that makes no sense, and why."""


class TooLarge(QueryError):
    """The answer has more rows than the engine may hold in memory."""

    def __init__(self, by: Iterable[str], memory_limit: str) -> None:
        names = ", ".join(by)
        super().__init__(
            f"too many rows by {names} for {memory_limit} of memory; ask by fewer, or for fewer days"
        )
        self.memory_limit = memory_limit


class TooSlow(QueryError):
    """The question takes longer than is allowed."""

    retry = True

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no answer within {seconds:g} s; ask by fewer dimensions, or for fewer days")
        self.seconds = seconds


class NotInScope(QueryError):
    """A metric that shows the advertiser's side to somebody who may see only the publisher's."""

    def __init__(self, metric: str) -> None:
        super().__init__(f"{metric} is for the advertiser alone")
        self.metric = metric
