"""What every test shares: hypothesis profiles, a free port, and Django as the portal's own process has it.

Django is configured once per process, so that is done here, for every test alike, before any module of tests
is read: the tests of a book open theirs beside it and never depend on who came first. Builders of events live
beside their tests.
"""

import atexit
import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings as django_settings
from django.test.client import ClientHandler
from hypothesis import HealthCheck, settings

import tests.once  # noqa: F401 (names the folder that the processes of a run share before they are started)
from utfall.portal.site import SiteConfig, setup_site

# Tests start hundreds of processes. None of them compiles anew what another has compiled.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Deterministic by default, so that a failure anywhere is a failure everywhere.
# `HYPOTHESIS_PROFILE=search` looks for new ones.
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

SERVER: Final = "TESTS_SERVER"
"""Names the PostgreSQL database, if there is one, in which the portal under test keeps its tables."""

INSTALLATION = Path(tempfile.mkdtemp(prefix="utfall-tests-"))
"""The folder of the portal under test; gone when the process ends."""
atexit.register(shutil.rmtree, INSTALLATION, ignore_errors=True)


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
        server=os.environ.get(SERVER, ""),
        secret="a secret for tests, which guards nothing",
        portal_url="http://testserver",
        public_url="http://clicks.test",
    )


setup_site(installation(INSTALLATION))

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
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
