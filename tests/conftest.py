"""What every test shares: hypothesis profiles, a free port, and Django as the portal's own process has it.

Django is configured once per process, so that is done here, for every test alike, before any module of tests
is read: the tests of a book open theirs beside it and never depend on who came first. Builders of events live
beside their tests.
"""

import atexit
import gc
import os
import shutil
import sys
import tempfile
from collections import deque
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings as django_settings
from django.test.client import ClientHandler
from hypothesis import HealthCheck, settings

import tests.once  # noqa: F401 (names the folder that the processes of a run share before they are started)
from tests import books, ports
from utfall.portal.site import SiteConfig, setup_site

# Tests start hundreds of processes. None of them compiles anew what another has compiled.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# What a process prints is no wider here than elsewhere.
for name in ("COLUMNS", "LINES", "FORCE_COLOR", "NO_COLOR"):
    os.environ.pop(name, None)

# Deterministic by default, so that a failure anywhere is a failure everywhere.
# `HYPOTHESIS_PROFILE=search` looks for new ones.
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

SERVER: Final = "TESTS_SERVER"
"""Names the PostgreSQL database, if there is one, in which the portal under test keeps its tables; each
process of a run has one of its own beside it."""

INSTALLATION = Path(tempfile.mkdtemp(prefix="utfall-tests-"))
"""The folder of the portal under test; gone when the process ends."""
atexit.register(shutil.rmtree, INSTALLATION, ignore_errors=True)


def _server() -> str:
    """The URL of this process's own database; empty where the tables are files."""
    url = os.environ.get(SERVER, "")
    if not url:
        return ""
    from tests.postgres import name_of, named

    return named(url, f"{name_of(url)}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}")


def installation(folder: Path) -> SiteConfig:
    """An installation in a folder, reached without HTTPS, without a mail server."""
    return SiteConfig(
        database_path=str(folder / "portal.sqlite3"),
        book_path=str(folder / "book.sqlite3"),
        journal_dir=str(folder / "journal"),
        snapshots_dir=str(folder / "snapshots"),
        keys_dir=str(folder / "keys"),
        lake_dir=str(folder / "lake"),
        media_dir=str(folder / "media"),
        server=_server(),
        secret="a secret for tests, which guards nothing",
        portal_url="http://testserver",
        public_url="http://clicks.test",
    )


setup_site(installation(INSTALLATION))
books.begin_alike()
gc.disable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what is slow: each process is given an equal part of all tests, and none ends long after."""
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if processes == 1:
        return
    others = deque(one for one in items if not one.get_closest_marker("slow"))
    slow: dict[str, list[pytest.Item]] = {}
    for one in items:
        if one.get_closest_marker("slow"):
            slow.setdefault(one.location[0], []).append(one)
    left = len(items)
    items.clear()
    for number in range(processes):
        first = [one for module in list(slow.values())[number::processes] for one in module]
        part = left // (processes - number)
        items += first
        items += (others.popleft() for _ in range(min(len(others), part - len(first))))
        left -= part
    items += others


def pytest_collection_finish() -> None:
    """What was loaded for the tests stays, and only what they leave is looked through for garbage."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Send visitors home before their site closes: what a page asks of nobody would be told as a fault."""
    given: dict[str, Any] = getattr(item, "funcargs", {})
    if "chromium" in given:
        for page in (given[name] for name in ("page", "phone") if name in given):
            page.context.close()


_loading = ClientHandler.load_middleware
_first: Final[dict[tuple[str, ...], Any]] = {}


def _load_once(handler: Any, is_async: bool = False) -> None:
    """Let every test client of this process share one chain: each would read all static files for its own."""
    names = tuple(django_settings.MIDDLEWARE)
    if names not in _first:
        _loading(handler, is_async)
        _first[names] = handler
    handler._middleware_chain = _first[names]._middleware_chain


ClientHandler.load_middleware = _load_once  # type: ignore[assignment, method-assign]


@pytest.fixture
def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    return ports.free_port()
