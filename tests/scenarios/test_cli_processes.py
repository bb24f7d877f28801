"""`utfall up` and `utfall demo`: everything under one supervisor, through crashes, to a clean end."""

import json
import os
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from tests.portal.database import begin_in
from tests.scenarios.running_cli import NORDIC, command, environment, order, utfall, write_rows
from tests.waiting import PATIENCE_S, answers, wait_for
from utfall.cli.processes import PROCESSES
from utfall.workers.supervise import AlreadyRunning, Service, Supervisor, running_state


@contextmanager
def up(data: Path, port: int, log: IO[str]) -> Iterator[subprocess.Popen[str]]:
    """`utfall up`, ready, and stopped at the end."""
    begin_in(data)
    process = subprocess.Popen(
        command(data, "up", "--market", str(NORDIC)),
        env=environment(UTFALL_EDGE_PORT=str(port)),
        stdout=log,
        stderr=log,
        text=True,
    )
    try:
        wait_for(lambda: is_ready(port), process)
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_S)


def is_ready(port: int) -> bool:
    return answers(f"http://127.0.0.1:{port}/readyz")


def pids(data: Path) -> dict[str, int | None]:
    state = running_state(data / "run")
    return {each.name: each.pid for each in state.services} if state else {}


def sales(data: Path) -> int:
    rows = utfall(data, "report", "--metrics", "sales", "--by", "program", "--json").json["rows"]
    return sum(row["sales"] for row in rows)


@pytest.mark.slow
def test_everything_runs_survives_kills_and_ends_cleanly(tmp_path: Path, free_port: int) -> None:
    data = tmp_path / "data"
    with (tmp_path / "log").open("w", encoding="utf-8") as log, up(data, free_port, log) as process:
        before = pids(data)
        assert before.keys() == {*PROCESSES, "check"}
        second = utfall(data, "up", UTFALL_EDGE_PORT=str(free_port))
        assert (second.code, "already running" in second.err) == (3, True)
        workers = [child for pid in before.values() if pid for child in children(pid)]
        assert workers
        for name in PROCESSES:
            pid = before[name]
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
        wait_for(
            lambda: all(pid and pid != before[name] for name, pid in pids(data).items() if name != "check")
        )
        wait_for(lambda: not any(is_alive(pid) for pid in workers))
        wait_for(lambda: is_ready(free_port))
        file = write_rows(tmp_path / "orders.jsonl", [order("U-1"), order("U-2")])
        loaded = utfall(data, "load", str(file), "--json")
        assert loaded.json["settled"] is None
        wait_for(lambda: sales(data) == 2)
        assert utfall(data, "check").code == 0
        held = utfall(data, "doctor", "--json", UTFALL_EDGE_PORT=str(free_port)).json
        assert [each["level"] for each in held if each["what"] == "process edge"] == ["ok"]
        last = [pid for pid in pids(data).values() if pid]
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == 0
    assert running_state(data / "run") is None
    assert not any(is_alive(pid) for pid in last)
    assert "SIGKILL" in (tmp_path / "log").read_text(encoding="utf-8")


def test_nobody_is_left_when_the_supervisor_is_killed(tmp_path: Path, free_port: int) -> None:
    data = tmp_path / "data"
    with (tmp_path / "log").open("w", encoding="utf-8") as log, up(data, free_port, log) as process:
        running = [pid for pid in pids(data).values() if pid]
        process.kill()
        process.wait()
        wait_for(lambda: not any(is_alive(pid) for pid in running))


def children(pid: int) -> list[int]:
    """The processes that one has started."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that ended and waits for its parent does not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False


@pytest.mark.slow
def test_up_without_terms_opens_the_portal_and_lets_the_edge_wait(tmp_path: Path, free_port: int) -> None:
    data, log = tmp_path / "data", tmp_path / "log"
    ports = environment(UTFALL_EDGE_PORT=str(free_port))
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(command(data, "up"), env=ports, stdout=file, stderr=file)
    try:
        wait_for(lambda: is_ready(int(ports["UTFALL_PORTAL_PORT"])), process)
        wait_for(lambda: is_up(free_port), process)
        assert not is_ready(free_port), "no terms, no clicks"
        assert utfall(data, "publish", str(NORDIC)).code == 0
        wait_for(lambda: is_ready(free_port))
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_S) == 0
    told = log.read_text(encoding="utf-8")
    assert "no terms are published yet" in told
    assert "starts again" not in told, "nobody fails for want of terms"


def is_up(port: int) -> bool:
    """Whether the edge lives, ready or not."""
    return answers(f"http://127.0.0.1:{port}/healthz")


def test_the_portal_makes_its_secret_once_and_keeps_it_to_itself(tmp_path: Path, free_port: int) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for data in (first, second):
        begin_in(data)
        with (tmp_path / "log").open("a", encoding="utf-8") as file:
            more = environment(UTFALL_PORTAL_PORT=str(free_port))
            process = subprocess.Popen(command(data, "portal"), env=more, stdout=file, stderr=file)
        wait_for(lambda: is_ready(free_port), process)
        answer = urllib.request.urlopen(f"http://127.0.0.1:{free_port}/", timeout=30)
        assert "Content-Security-Policy" in answer.headers
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_S) == 0
    keys = [data / "keys" / "portal.key" for data in (first, second)]
    assert keys[0].read_bytes() != keys[1].read_bytes()
    assert {key.stat().st_mode & 0o777 for key in keys} == {0o600}
    assert keys[0].read_bytes().hex() not in (tmp_path / "log").read_text(encoding="utf-8")


def test_the_first_operator_gets_a_link_to_join_by_and_there_is_no_second(tmp_path: Path) -> None:
    data = tmp_path / "data"
    made = utfall(data, "operator", "Nordnätet", "astrid@example.test")
    assert made.code == 0, made.err
    assert made.out.startswith("http://127.0.0.1:8600/invite/")
    again = utfall(data, "operator", "Sydnätet", "berit@example.test")
    assert (again.code, "has its operator" in again.err) == (3, True)
    begin_in(tmp_path / "other")
    wrong = utfall(tmp_path / "other", "operator", "Nordnätet", "nobody")
    assert (wrong.code, wrong.out) == (3, "")


def test_up_on_a_port_in_use_says_so(tmp_path: Path, free_port: int) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port))
        taken.listen()
        ran = utfall(tmp_path / "data", "up", "--market", str(NORDIC), UTFALL_EDGE_PORT=str(free_port))
    assert (ran.code, "is in use" in ran.err) == (3, True)


def test_a_second_supervisor_is_refused_and_a_killed_one_leaves_no_lock(tmp_path: Path) -> None:
    def hold() -> Supervisor:
        service = Service(name="rest", command=("sleep", "60"), environment={"PATH": os.environ["PATH"]})
        return Supervisor([service], run_dir=tmp_path, url="", grace_s=1, say=print)

    with hold():
        with pytest.raises(AlreadyRunning):
            hold()
        assert running_state(tmp_path) is not None
    with hold():
        pass


@pytest.mark.slow
def test_the_demo_lives_proves_itself_and_goes_on_until_it_is_interrupted(
    tmp_path: Path, free_port: int
) -> None:
    data, path = tmp_path / "data", tmp_path / "out"
    ran = utfall(data, "demo", "--seconds", "8", "--days", "7", UTFALL_EDGE_PORT=str(free_port))
    assert ran.code == 0, ran
    assert ran.out.startswith("Look here: http://127.0.0.1:")
    assert "Trial balance: zero in every currency" in ran.out
    assert "after_checkout" in ran.out
    assert "verified with the public key alone: it holds" in ran.out
    assert "declined, commission 0.00 SEK" in ran.out
    told = utfall(data, "report", "--metrics", "gross_clicks,clicks", "--by", "reason", "--json").json
    reasons = {row["reason"] for row in told["rows"]}
    assert {"robot", "repeated_click"} <= reasons
    with path.open("w", encoding="utf-8") as out:
        again = subprocess.Popen(
            command(data, "demo"), env=environment(UTFALL_EDGE_PORT=str(free_port)), stdout=out, stderr=out
        )
        wait_for(lambda: "goes on living" in path.read_text(encoding="utf-8") or again.poll() is not None)
        again.send_signal(signal.SIGINT)
        assert again.wait(PATIENCE_S) == 0, path.read_text(encoding="utf-8")
    assert path.read_text(encoding="utf-8").count("Trial balance: zero") == 2
    assert not is_ready(free_port)
    assert utfall(data, "check").code == 0
    assert utfall(data, "replay", "--json").json["identical"]


def test_the_demo_keeps_out_of_a_market_that_is_not_its_own(tmp_path: Path, free_port: int) -> None:
    data = tmp_path / "data"
    assert utfall(data, "publish", str(NORDIC)).code == 0
    ran = utfall(data, "demo", "--seconds", "1", UTFALL_EDGE_PORT=str(free_port))
    assert (ran.code, "holds another market" in ran.err) == (3, True)
    assert json.loads(json.dumps(pids(data))) == {}
