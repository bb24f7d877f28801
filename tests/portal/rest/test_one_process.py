"""The portal as it runs: all its threads count into the same limits."""

import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

from tests.portal.database import begin_in
from tests.ports import free_port
from tests.scenarios.running_cli import PATIENCE_S, command, environment
from utfall.portal.rest.limits import PER_ADDRESS
from utfall.portal.server import WORKERS


def status_of(port: int, path: str) -> int:
    """The status of one request on a connection of its own; 0 where nobody listens."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def test_the_limits_hold_for_all_connections_together(tmp_path: Path) -> None:
    """With a second process half of these requests would find a bucket of their own."""
    assert WORKERS == 1
    port = free_port()
    settings = environment(UTFALL_PORTAL_PORT=str(port), UTFALL_PORTAL_URL=f"http://127.0.0.1:{port}")
    begin_in(tmp_path / "data")
    with (tmp_path / "portal.log").open("wb") as log:
        process = subprocess.Popen(
            command(tmp_path / "data", "portal"), env=settings, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            patience = time.monotonic() + PATIENCE_S
            while status_of(port, "/readyz") != 200:
                assert process.poll() is None, (tmp_path / "portal.log").read_text()
                assert time.monotonic() < patience, (tmp_path / "portal.log").read_text()
                time.sleep(0.1)
            with ThreadPoolExecutor(8) as pool:
                asked = [
                    pool.submit(status_of, port, "/api/v1/programs") for _ in range(2 * PER_ADDRESS.burst)
                ]
            statuses = [one.result() for one in asked]
        finally:
            process.terminate()
            process.wait(PATIENCE_S)
    assert set(statuses) == {401, 429}
