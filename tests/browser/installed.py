"""A whole installation as processes: what `utfall up` starts, on free ports, in a folder of its own."""

import re
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

from tests.portal.database import begin_in
from tests.ports import free_port
from tests.scenarios.running_cli import command, environment, utfall

READY_S: Final = 120
CODE: Final = re.compile(r"^([A-Z0-9-]{6,9})\s*$", re.MULTILINE)


class Installation(NamedTuple):
    """Where it answers, and where it keeps what it knows."""

    folder: Path
    portal: str
    edge: str
    settings: dict[str, str]

    def run(self, *words: str) -> str:
        """Call `utfall` beside the running processes; what it says."""
        ran = utfall(self.folder, *words, cwd=None, **self.settings)
        assert ran.code == 0, ran.err
        return ran.out.strip()

    def code_in(self, email: str) -> str:
        """The one-time code in the newest letter to an address."""
        with closing(sqlite3.connect(f"file:{self.folder / 'portal.sqlite3'}?mode=ro", uri=True)) as file:
            asked = 'SELECT text FROM post_letter WHERE "to" LIKE ? ORDER BY id DESC LIMIT 1'
            (text,) = file.execute(asked, (f"%{email}%",)).fetchone()
        found = CODE.search(text)
        assert found, text
        return found[1]


@contextmanager
def installed(root: Path) -> Iterator[Installation]:
    """Start everything, wait until portal and edge answer, and stop it in the end."""
    portal_port, edge_port = free_port(), free_port()
    # By different names, as in life: neither sees the other's cookies.
    portal, edge = f"http://localhost:{portal_port}", f"http://127.0.0.1:{edge_port}"
    settings = {
        "UTFALL_PORTAL_PORT": str(portal_port),
        "UTFALL_EDGE_PORT": str(edge_port),
        "UTFALL_PORTAL_URL": portal,
        "UTFALL_PUBLIC_URL": edge,
        "UTFALL_SNAPSHOT_POLL_MS": "100",
        "UTFALL_SETTLE_INTERVAL_MS": "50",
    }
    folder = root / "installation"
    if not folder.exists():
        begin_in(folder)
    with (root / "up.log").open("wb") as log:
        process = subprocess.Popen(
            command(folder, "up"), env=environment(**settings), cwd=root, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            # An edge without terms is alive and not yet ready.
            for url in (f"{portal}/readyz", f"{edge}/healthz"):
                _wait(url, process, root / "up.log")
            yield Installation(folder, portal, edge, settings)
        finally:
            process.terminate()
            process.wait()


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    patience = time.monotonic() + READY_S
    while time.monotonic() < patience:
        try:
            with urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            assert process.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError(f"{url} does not answer: {log.read_text()}")
