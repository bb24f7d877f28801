"""The pages there are, what each should hold, and which have drifted."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from tools.reference import changes, cli, events, http, metrics, reasons, reports, settings

FOLDER: Final = Path(__file__).parents[2] / "docs" / "reference"
HEADING: Final = "<!-- Written by `make docs` from the code. Do not edit. -->"
PAGES: Final[dict[str, Callable[[], list[str]]]] = {
    "changes.md": changes.page,
    "cli.md": cli.page,
    "events.md": events.page,
    "http.md": http.page,
    "metrics.md": metrics.page,
    "reasons.md": reasons.page,
    "reports.md": reports.page,
    "settings.md": settings.page,
}


def drifted() -> dict[str, str | None]:
    """What must be written: each stale page with its new text, each file that no page writes with None."""
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    wanted = {name: "\n\n".join([HEADING, *page()]) + "\n" for name, page in PAGES.items()}
    names = sorted(written.keys() | wanted.keys())
    return {name: wanted.get(name) for name in names if written.get(name) != wanted.get(name)}
