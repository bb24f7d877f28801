"""Files that are still there, and whole, after the power fails: synced, renamed, and their folder synced."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Makes a file's bytes, or a folder's names, durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(path: Path) -> None:
    """Creates a folder and its parents, durably."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    sync(path.parent)


def replace_file(path: Path, content: bytes) -> None:
    """Replaces a file: a reader sees the old bytes or the new, and a crash leaves one of them."""
    building = path.with_name(f".building-{path.name}")
    with building.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    building.replace(path)
    sync(path.parent)
