"""Clicks per second, the whole durable path, against nginx that answers a constant 302.

    python benchmarks/edge.py --seconds 3 --rounds 3 --json edge.json

The server runs on one core and the load on another; nginx and the edge take turns within one run, because
only their ratio means anything on a shared machine. So does the edge's server with a constant answer
(benchmarks/bare.py), the ceiling of what runs behind it. Two fifths of a click are spent in Python itself,
so it is told which one that was. A second table adds milliseconds to every sync.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from utfall.edge.config import VARIABLE, EdgeConfig, to_text
from utfall.terms import Advertiser, Link, Market, Program, ProgramTerms, Publisher, Zone, load_snapshot, seal

NGINX_PORT, EDGE_PORT, BARE_PORT = 18_601, 18_602, 18_603
LINKS = 100_000
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"
RATIO_WANTED, P99_MS_WANTED = 0.20, 10.0
DELAYS_MS = (2, 10)
NGINX = """
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    keepalive_requests 100000000;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{ add_header Cache-Control no-store; return 302 https://shop.example/?utfall=constant; }}
    }}
}}
"""


@dataclass(frozen=True)
class Load:
    """What one run of wrk saw."""

    requests_per_s: float
    p50_ms: float
    p99_ms: float
    wrong: int


def cores() -> tuple[str, str]:
    """A core for the server and one for the load; the same one where there is no other."""
    usable = sorted(os.sched_getaffinity(0))
    return str(usable[0]), str(usable[-1])


def market() -> Market:
    terms = (ProgramTerms(version=1, effective_from=0),)
    return Market(
        zones=(Zone("UTC", (0,), (0,)),),
        advertisers=(Advertiser(id=1, name="Shop"),),
        publishers=(Publisher(id=1, name="Blog"),),
        programs=(Program(id=1, advertiser=1, name="Shop", currency="SEK", zone="UTC", versions=terms),),
        links=tuple(
            Link(id=number, key=f"k{number}", program=1, publisher=1, destination="https://shop.example/")
            for number in range(1, LINKS + 1)
        ),
    )


def config_in(folder: Path, delay_ms: int) -> EdgeConfig:
    data = seal(market())
    name = load_snapshot(data).hash
    snapshots = folder / "snapshots"
    snapshots.mkdir(parents=True)
    (snapshots / f"{name}.snapshot").write_bytes(data)
    (snapshots / "CURRENT").write_text(name)
    return EdgeConfig(
        journal_dir=str(folder / "journal"),
        snapshots_dir=str(snapshots),
        keys_dir=str(folder / "keys"),
        vault_path=str(folder / "vault.sqlite3"),
        run_dir=str(folder / "run"),
        port=EDGE_PORT,
        log_level="warning",
        added_sync_delay_ms=delay_ms,
    )


@contextmanager
def edge(folder: Path, delay_ms: int = 0) -> Iterator[str]:
    config = config_in(folder, delay_ms)
    command = ["taskset", "-c", cores()[0], sys.executable, "-m", "utfall.edge.server"]
    with started(command, {**os.environ, VARIABLE: to_text(config)}):
        wait_until_answered(f"http://127.0.0.1:{EDGE_PORT}/readyz")
        yield f"http://127.0.0.1:{EDGE_PORT}/c/k4711"


@contextmanager
def bare() -> Iterator[str]:
    program = Path(__file__).with_name("bare.py")
    command = ["taskset", "-c", cores()[0], sys.executable, str(program), str(BARE_PORT)]
    with started(command, dict(os.environ)):
        wait_until_answered(f"http://127.0.0.1:{BARE_PORT}/")
        yield f"http://127.0.0.1:{BARE_PORT}/c/k4711"


@contextmanager
def nginx(folder: Path) -> Iterator[str]:
    folder.mkdir(parents=True)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=NGINX_PORT))
    binary = shutil.which("nginx") or "/usr/sbin/nginx"
    command = ["taskset", "-c", cores()[0], binary, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with started(command, dict(os.environ)):
        wait_until_answered(f"http://127.0.0.1:{NGINX_PORT}/")
        yield f"http://127.0.0.1:{NGINX_PORT}/c/k4711"


@contextmanager
def started(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(command, env=environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        return None


def wait_until_answered(url: str) -> None:
    opener = urllib.request.build_opener(_NoRedirect)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            opener.open(url, timeout=2)
            return
        except urllib.error.HTTPError as error:
            if error.code == 302:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise TimeoutError(url)


def load(url: str, connections: int, seconds: int) -> Load:
    command = ["taskset", "-c", cores()[1], "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    done = subprocess.run(
        [*command, "-H", f"User-Agent: {AGENT}", url], capture_output=True, text=True, check=True
    )
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", done.stdout)
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    assert found, done.stdout
    return Load(
        requests_per_s=float(found[1]),
        p50_ms=percentile(done.stdout, 50),
        p99_ms=percentile(done.stdout, 99),
        wrong=int(wrong[1]) if wrong else 0,
    )


def percentile(text: str, percent: int) -> float:
    found = re.search(rf"^\s+{percent}%\s+([\d.]+)(us|ms|s)$", text, re.MULTILINE)
    assert found, text
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[found[2]]


def against_nginx(folder: Path, connections: int, seconds: int, rounds: int) -> dict[str, Any]:
    """Alternating rounds; the ratio is taken round by round."""
    clicks: list[Load] = []
    constants: list[Load] = []
    ceilings: list[Load] = []
    with nginx(folder / "nginx") as constant, edge(folder / "edge") as click, bare() as ceiling:
        for url in (click, ceiling):
            load(url, connections, 1)
        for _ in range(rounds):
            constants.append(load(constant, connections, seconds))
            clicks.append(load(click, connections, seconds))
            ceilings.append(load(ceiling, connections, seconds))
    ratios = ratios_of(clicks, constants)
    return {
        "connections": connections,
        "ratio": statistics.median(ratios),
        "ratios": ratios,
        "ceiling": statistics.median(ratios_of(ceilings, constants)),
        "of_ceiling": statistics.median(ratios_of(clicks, ceilings)),
        "clicks_per_s": statistics.median(each.requests_per_s for each in clicks),
        "nginx_per_s": statistics.median(each.requests_per_s for each in constants),
        "p50_ms": statistics.median(each.p50_ms for each in clicks),
        "p99_ms": statistics.median(each.p99_ms for each in clicks),
        "nginx_p99_ms": statistics.median(each.p99_ms for each in constants),
        "wrong": sum(each.wrong for each in clicks),
        "rounds": [asdict(each) for each in clicks],
    }


def ratios_of(some: list[Load], others: list[Load]) -> list[float]:
    """What one did beside another, round by round."""
    return [one.requests_per_s / other.requests_per_s for one, other in zip(some, others, strict=True)]


def interpreter() -> str:
    """The Python that runs the edge: builds of one version differ by a tenth and more."""
    return f"Python {' '.join(sys.version.split())}, {Path(sys.executable).resolve()}"


def with_slow_disk(folder: Path, delay_ms: int, seconds: int) -> dict[str, Any]:
    with edge(folder, delay_ms) as click:
        measured = [load(click, connections, seconds) for connections in (64, 256)]
    return {"added_ms": delay_ms, "at_64": asdict(measured[0]), "at_256": asdict(measured[1])}


def show(rows: list[dict[str, Any]], slow: list[dict[str, Any]]) -> None:
    print("connections  ratio to nginx [rounds]        clicks/s    nginx/s   p50 ms  p99 ms  wrong")
    for row in rows:
        each = " ".join(f"{ratio:.2f}" for ratio in row["ratios"])
        print(
            f"{row['connections']:>11}  {row['ratio']:.3f} [{each}]".ljust(43)
            + f"{row['clicks_per_s']:>9.0f}  {row['nginx_per_s']:>9.0f}"
            + f"  {row['p50_ms']:>7.2f} {row['p99_ms']:>7.2f}  {row['wrong']:>5}"
        )
        print(
            f"{'':>11}  the bare server reaches {row['ceiling']:.3f} of nginx;"
            f" a click is {row['of_ceiling']:.3f} of that"
        )
    print(interpreter())
    print("\nadded to each sync   clicks/s at 64  p99 ms   clicks/s at 256  p99 ms")
    for row in slow:
        few, many = row["at_64"], row["at_256"]
        print(
            f"{row['added_ms']:>15} ms   {few['requests_per_s']:>14.0f}  {few['p99_ms']:>6.1f}"
            f"   {many['requests_per_s']:>15.0f}  {many['p99_ms']:>6.1f}"
        )


def main() -> int:
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=layout)
    parser.add_argument("--seconds", type=int, default=4, help="length of each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, nargs="+", default=[64])
    parser.add_argument("--no-slow-disk", action="store_true", help="leave the second table out")
    parser.add_argument("--json", type=Path, help="where the numbers are saved")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        rows = [
            against_nginx(folder / str(count), count, given.seconds, given.rounds)
            for count in given.connections
        ]
        delays = () if given.no_slow_disk else DELAYS_MS
        slow = [with_slow_disk(folder / f"slow-{delay}", delay, given.seconds) for delay in delays]
    show(rows, slow)
    first = rows[0]
    met = first["ratio"] >= RATIO_WANTED and first["p99_ms"] <= P99_MS_WANTED and not first["wrong"]
    wanted = {"ratio": RATIO_WANTED, "p99_ms": P99_MS_WANTED}
    result = {
        "wanted": wanted,
        "met": met,
        "interpreter": interpreter(),
        "against_nginx": rows,
        "slow_disk": slow,
    }
    if given.json:
        given.json.write_text(json.dumps(result, indent=2) + "\n")
    print(f"\nwanted: ratio ≥ {RATIO_WANTED}, p99 ≤ {P99_MS_WANTED} ms: {'met' if met else 'NOT met'}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
