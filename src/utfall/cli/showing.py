"""How answers look: tables and sentences for people, JSON for machines, progress for those who wait.

Without a terminal, or with NO_COLOR, everything is plain text; what a machine reads is never decorated.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

import click
import msgspec

from utfall.money import MICROS_PER_UNIT, minor_digits

as_json: Final = click.option("--json", "as_json", is_flag=True, help="Answer with JSON.")

_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
Advance = Callable[[int, str], None]


def say(text: str = "", *, bold: bool = False, colour: str | None = None) -> None:
    """A sentence for people, on the standard output."""
    if os.environ.get("NO_COLOR"):
        click.echo(text, color=False)
    else:
        click.secho(text, bold=bold or None, fg=colour)


def tell(text: str) -> None:
    """A sentence beside the answer, on the error output."""
    click.echo(text, err=True)


def say_json(content: Any) -> None:
    """The answer for machines."""
    data = content if isinstance(content, bytes) else msgspec.json.encode(content)
    click.echo(msgspec.json.format(data).decode())


def say_table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], *, words: int = 1, totals: int = 0
) -> None:
    """A table whose first `words` columns are text, the others numbers; its last `totals` rows are sums."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for index, heading in enumerate(headings):
        table.add_column(Text(heading), justify="left" if index < words else "right", overflow="fold")
    for index, row in enumerate(rows):
        if totals and index == len(rows) - totals:
            table.add_section()
        style = "bold" if totals and index >= len(rows) - totals else None
        table.add_row(*(Text(cell) for cell in row), style=style)
    console = Console(width=None if sys.stdout.isatty() else _width(headings, rows), highlight=False)
    console.print(table)


def _width(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Wide enough that nothing is folded where no terminal limits it."""
    columns = [max(len(cell) for cell in column) for column in zip(headings, *rows, strict=True)]
    return max(sum(columns) + 3 * len(columns) + 2, 40)


def amount(micros: int, currency: str) -> str:
    """Micros as people write them, exact: the currency's own decimals, and more where there are more.

    >>> amount(1_234_567_500_000, "SEK"), amount(-10_000, "SEK")
    ('1\\xa0234\\xa0567.50 SEK', '-0.01 SEK')
    """
    whole, part = divmod(abs(micros), MICROS_PER_UNIT)
    decimals = f"{part:06}".rstrip("0").ljust(minor_digits(currency) or 0, "0")
    text = f"{whole:,}".replace(",", _NO_BREAK) + (f".{decimals}" if decimals else "")
    return f"{'-' if micros < 0 else ''}{text} {currency}"


def count(number: int) -> str:
    """
    >>> count(1234567)
    '1\\xa0234\\xa0567'
    """
    return f"{number:,}".replace(",", _NO_BREAK)


@contextmanager
def progress(title: str, total: int | None, *, quiet: bool = False) -> Iterator[Advance]:
    """A bar on the error output while something long runs; without a terminal there is none."""
    if quiet or not sys.stderr.isatty():
        yield lambda position, words: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[words]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total, words="")
        yield lambda position, words: bar.update(task, completed=position, words=words)


@contextmanager
def text_output(path: Path | None) -> Iterator[IO[str]]:
    """A file to write text to, or the standard output."""
    if path is None:
        yield sys.stdout
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        yield file
