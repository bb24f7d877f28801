"""What tests of pages look with: sizes of screens, an audit of accessibility, and pictures for people."""

from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, ViewportSize

ROOT = Path(__file__).parents[2]
SCREENSHOTS: Final = ROOT / "screenshots"
AXE: Final = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"

DESKTOP: Final[ViewportSize] = {"width": 1280, "height": 900}
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
SIZES: Final = (DESKTOP, PHONE)

CONFORMANCE: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
GRAVE: Final = {"serious", "critical"}


def axe(page: Page, *, except_for: tuple[str, ...] = ()) -> None:
    """Assert that the page breaks no rule of WCAG 2.2 AA gravely. The audit passes by any CSP."""
    grave = grave_faults(page, except_for)
    assert not grave, "\n".join(grave)


def grave_faults(page: Page, except_for: tuple[str, ...] = ()) -> list[str]:
    """What a page breaks gravely of WCAG 2.2 AA, as sentences.

    Style sheets are not fetched and read anew: the one rule that wants them is experimental, and not asked.
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(
        "told => axe.run(document, told)",
        {"runOnly": CONFORMANCE, "resultTypes": ["violations"], "preload": {"assets": ["media"]}},
    )
    grave = [each for each in found["violations"] if each["impact"] in GRAVE and each["id"] not in except_for]
    return [sentence for each in grave for sentence in faults(each)]


def faults(violation: dict[str, Any]) -> list[str]:
    """Each place where a rule is broken, as a person mends it."""
    return [
        f"{violation['impact']}: {violation['help']} ({violation['id']}) at {node['target']}\n"
        f"    {node['html'][:300]}\n    {node['failureSummary']}"
        for node in violation["nodes"]
    ]


def shot(page: Page, name: str) -> Path:
    """A picture of the whole page in `screenshots/`, which git does not keep."""
    path = SCREENSHOTS / f"{name}.png"
    page.screenshot(path=path, full_page=True, animations="disabled")
    return path
