"""A history as a file for `utfall load --history`, and what of it is still to come."""

import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from utfall.demo.rows import Mint, row_of
from utfall.events import AnyEvent, ClickRef, Token, from_json, mint, to_json
from utfall.journal.keys import Key

HISTORY: Final = "history.jsonl.gz"
LATER: Final = "later.jsonl"
_encoder: Final = msgspec.json.Encoder()


def minted_with(key: Key) -> Mint:
    """Signs clicks with a key of the installation, as its edge did when they happened."""

    def signed(ref: ClickRef) -> str:
        return mint(key.id, key.secret, Token(ref.id, ref.link, ref.program, ref.publisher))

    return signed


def write_history(path: Path, told: Iterable[AnyEvent], signed: Mint) -> None:
    """Write what was told as rows, each with the time it was received at. The same rows are the same file."""
    with gzip.GzipFile(path, "wb", compresslevel=1, mtime=0) as file:
        for event in told:
            row = row_of(event, signed) | {"received_at": event.received_at}
            file.write(_encoder.encode(row) + b"\n")


def write_later(path: Path, later: Iterable[AnyEvent]) -> None:
    """Write what is still to come, for the next start."""
    path.write_bytes(b"".join(to_json(event) + b"\n" for event in later))


def read_later(path: Path) -> list[AnyEvent]:
    """Read what `write_later` wrote."""
    return [from_json(line) for line in path.read_bytes().splitlines()]
