"""Files and directories that are still there after the power fails: every new name is followed by an fsync
of its directory, and a file changes by being replaced."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def sync_directory(path: Path) -> None:
    """Makes the names in a directory durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_directory(path: Path) -> None:
    """Creates a private directory and its parents, durably."""
    if path.is_dir():
        return
    make_directory(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)
    sync_directory(path.parent)


def write_file(path: Path, content: bytes) -> None:
    """Replaces a private file: a reader sees the old bytes or the new, and a crash leaves one of them."""
    building = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(building, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        building.replace(path)
    except OSError:
        with suppress(FileNotFoundError):
            building.unlink()
        raise
    sync_directory(path.parent)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Holds a lock file while the block runs; processes (and threads) take turns."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
