"""The small market as an installation that runs, and the people who open it in a browser."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from playwright.sync_api import expect

from tests.browser.daily import story
from tests.browser.installed import Installation, installed
from tests.browser.test_journey import Somebody
from tests.law.tree import ROOT
from tests.portal.database import begin_in
from tests.scenarios.running_cli import environment

SETTINGS: Final = """\
demo = true
reachable_networks = ["127.0.0.0/8"]
deliver_first_retry_ms = 200
"""
"""One click signs in; webhooks may reach this machine, see docs/guides/webhooks.md."""


class Opened(NamedTuple):
    """Where the market answers, and what a test is to look for in it."""

    place: Installation
    story: story.Story


@contextmanager
def opened(root: Path) -> Iterator[Opened]:
    """Make the market and start everything."""
    folder = root / "installation"
    begin_in(folder)
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.daily.making", str(folder)],
        env=environment(PYTHONPATH=f"{ROOT / 'src'}:{ROOT}"),
        cwd=root,
        check=False,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    (root / "utfall.toml").write_text(SETTINGS, encoding="utf-8")
    with installed(root) as place:
        yield Opened(place, story.read(folder))


def signs_in(person: Somebody, name: str) -> None:
    """By the one click of the demo; from now on everything is within their organisation."""
    person.goes("/")
    person.page.get_by_role("button", name=name).click()
    expect(person.page.locator("body")).to_contain_text(name)
    person.home = person.page.url.rstrip("/")
