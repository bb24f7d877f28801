"""Packages that others made: schemas and rules that judge what we write, and readers of it."""

import fcntl
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

KEPT = Path(sys.prefix) / "share" / "utfall-tests"


def folder_of(requirement: str) -> Path:
    """A wheel's files, `name==version`, fetched without what it depends on; once for all processes."""
    kept = KEPT / requirement.replace("==", "-")
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (kept / "complete").exists():
            _fetch(requirement, kept)
            (kept / "complete").touch()
    return kept


def module_of(requirement: str, name: str) -> ModuleType:
    """A module of a wheel: one that needs nothing but what the tests have."""
    folder = str(folder_of(requirement))
    if folder not in sys.path:
        sys.path.append(folder)
    return import_module(name)


def _fetch(requirement: str, into: Path) -> None:
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps")
    options = ("--no-compile", "--only-binary=:all:", "--upgrade", "--target", str(into))
    subprocess.run([*pip, *options, requirement], check=True)
