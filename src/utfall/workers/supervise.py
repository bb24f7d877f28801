"""One supervisor over all processes of an installation: start, restart after a crash, drain on the way out.

    with Supervisor(services, run_dir=run_dir, say=print) as supervisor:
        supervisor.run(stop)            # until `stop` is set

It promises: one supervisor per installation; a process that ends is started again, later each time it ends
young; processes are stopped in their order (the edge first, so that nothing new arrives while the others
finish), asked with SIGTERM and killed only after the grace. `run_dir/up.json` says what runs.
"""

import fcntl
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

import msgspec
from msgspec import Struct

STATE: Final = "up.json"
LOCK: Final = "up.lock"
TICK_S: Final = 0.1
FIRST_DELAY_S: Final = 0.25
LAST_DELAY_S: Final = 30.0
GROWN_UP_S: Final = 30.0
"""A process that lived this long and ends is started again at once, as if it had never failed."""

Say = Callable[[str], None]


class AlreadyRunning(Exception):
    """Another supervisor holds the installation."""

    def __init__(self, run_dir: Path) -> None:
        super().__init__(f"utfall is already running here ({run_dir / STATE})")


class Service(Struct, frozen=True, kw_only=True):
    """One process to keep alive; with `every_s`, one to run again and again that may end."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]
    every_s: float | None = None


class Running(Struct, frozen=True, kw_only=True):
    """What is known of one service while it runs."""

    name: str
    pid: int | None
    started_at: int | None
    restarts: int
    exit_code: int | None = None


class State(Struct, frozen=True, kw_only=True):
    """What `run_dir/up.json` holds."""

    pid: int
    url: str
    started_at: int
    services: tuple[Running, ...]


def delay_s(failures: int) -> float:
    """How long to wait before the next start.

    >>> [delay_s(failures) for failures in (0, 1, 2, 5, 20)]
    [0.25, 0.5, 1.0, 8.0, 30.0]
    """
    return min(LAST_DELAY_S, FIRST_DELAY_S * 2.0 ** min(failures, 20))


class Child:
    """One service and the process that performs it at present."""

    def __init__(self, service: Service, log_dir: Path | None, say: Say) -> None:
        self.service = service
        self._log_dir = log_dir
        self._say = say
        self._process: subprocess.Popen[bytes] | None = None
        self._due = time.monotonic() + (service.every_s or 0)
        self._born = 0.0
        self._failures = 0
        self._started_at: int | None = None
        self._exit_code: int | None = None
        self.restarts = -1

    def tend(self) -> bool:
        """Start what is due, notice what ended; True when something changed."""
        process = self._process
        if process is None:
            return time.monotonic() >= self._due and self._start()
        code = process.poll()
        if code is None:
            return False
        self._ended(code)
        return True

    def stop(self, grace_s: float) -> None:
        """Ask the process to end, and end it when the grace is over."""
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(grace_s)
        except subprocess.TimeoutExpired:
            self._say(f"{self.service.name} did not end within {grace_s:g} s and is killed")
            process.kill()
            process.wait()
        self._process = None

    def running(self) -> Running:
        """What is known of it now."""
        return Running(
            name=self.service.name,
            pid=self._process.pid if self._process else None,
            started_at=self._started_at,
            restarts=max(self.restarts, 0),
            exit_code=self._exit_code,
        )

    def _start(self) -> bool:
        with _log(self._log_dir, self.service.name) as output:
            # A session of its own: Ctrl-C reaches the supervisor alone, which then stops everybody in order.
            self._process = subprocess.Popen(
                self.service.command,
                env=self.service.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self._born = time.monotonic()
        self._started_at = time.time_ns() // 1_000_000
        self.restarts += 1
        return True

    def _ended(self, code: int) -> None:
        now = time.monotonic()
        self._process, self._exit_code = None, code
        if self.service.every_s is not None:
            self._due = now + self.service.every_s
            if code:
                self._say(f"{self.service.name} ended with {_words(code)}")
            return
        self._failures = 0 if now - self._born >= GROWN_UP_S else self._failures + 1
        wait = delay_s(self._failures)
        self._due = now + wait
        self._say(f"{self.service.name} ended with {_words(code)}; it starts again in {wait:g} s")


class Supervisor:
    """The services of one installation, held by a lock while it lives."""

    def __init__(
        self,
        services: Sequence[Service],
        *,
        run_dir: Path,
        url: str,
        grace_s: float,
        say: Say,
        log_dir: Path | None = None,
    ) -> None:
        run_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if log_dir is not None:
            log_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._run_dir = run_dir
        self._url = url
        self._grace_s = grace_s
        self._started_at = time.time_ns() // 1_000_000
        self._lock = _locked(run_dir)
        self._children = [Child(service, log_dir, say) for service in services]

    def run(self, stop: threading.Event) -> None:
        """Keep every service alive until `stop` is set; then stop them in order."""
        try:
            while not stop.is_set():
                changed = [child.tend() for child in self._children]
                if any(changed):
                    self._leave_state()
                stop.wait(TICK_S)
        finally:
            for child in self._children:
                child.stop(self._grace_s)

    def state(self) -> State:
        """What runs now."""
        return State(
            pid=os.getpid(),
            url=self._url,
            started_at=self._started_at,
            services=tuple(child.running() for child in self._children),
        )

    def close(self) -> None:
        """Give the installation free."""
        (self._run_dir / STATE).unlink(missing_ok=True)
        os.close(self._lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _leave_state(self) -> None:
        building = self._run_dir / f".{STATE}"
        building.write_bytes(msgspec.json.format(msgspec.json.encode(self.state())) + b"\n")
        building.replace(self._run_dir / STATE)


def running_state(run_dir: Path) -> State | None:
    """What the supervisor of an installation says of itself; None when none runs."""
    try:
        with (run_dir / LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read_state(run_dir)
    except FileNotFoundError:
        pass
    return None


def _read_state(run_dir: Path) -> State:
    try:
        return msgspec.json.decode((run_dir / STATE).read_bytes(), type=State)
    except (OSError, msgspec.MsgspecError):  # it has just begun
        return State(pid=0, url="", started_at=0, services=())


@contextmanager
def _log(log_dir: Path | None, name: str) -> Iterator[IO[bytes] | None]:
    """Where a service writes: a log of its own, or (None) what its supervisor inherited."""
    if log_dir is None:
        yield None
        return
    with (log_dir / f"{name}.log").open("ab") as file:
        yield file


def _locked(run_dir: Path) -> int:
    descriptor = os.open(run_dir / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    # Whoever asks whether somebody runs holds the lock for a moment: once refused is not yet taken.
    for rest_s in (0.05, 0.1, 0.2, 0.4, None):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if rest_s is None:
                os.close(descriptor)
                raise AlreadyRunning(run_dir) from None
            time.sleep(rest_s)
        else:
            break
    return descriptor


def _words(code: int) -> str:
    """
    >>> _words(3), _words(-9)
    ('exit code 3', 'signal SIGKILL')
    """
    return f"exit code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"
