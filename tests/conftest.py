"""What every test shares: hypothesis profiles, a free port, and Django as the portal's own process has it.

Django is configured once per process, so that is done here, for every test alike, before any module of tests
is read: the tests of a book open theirs beside it and never depend on who came first. Builders of events live
beside their tests.
"""

import atexit
import os
import shutil
import socket
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from utfall.portal.site import SiteConfig, setup_site

# Deterministic by default, so that a failure anywhere is a failure everywhere.
# `HYPOTHESIS_PROFILE=search` looks for new ones.
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

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
        secret="a secret for tests, which guards nothing",
        portal_url="http://testserver",
        public_url="http://clicks.test",
    )


setup_site(installation(INSTALLATION))


@pytest.fixture
def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
