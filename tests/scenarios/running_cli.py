"""Running `utfall` as people do: a process of its own, a real data folder, and what it answers."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.law.tree import ROOT
from tests.ports import free_port
from tests.scenarios.forking import forks

NORDIC = ROOT / "examples" / "market" / "nordic.toml"
PATIENCE_S = 300
"""Whoever takes longer is broken; nothing is measured by it."""


class Ran(NamedTuple):
    """What a call answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer as a machine reads it."""
        return json.loads(self.out)


def environment(**more: str) -> dict[str, str]:
    """Ours without its settings, plain as in a pipe; a portal or a shop takes a port of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("UTFALL_")}
    kept["UTFALL_PORTAL_PORT"] = str(free_port())
    kept["UTFALL_DEMO_SHOP_PORT"] = str(free_port())
    return {**kept, "PYTHONPATH": str(ROOT / "src"), **more}


def command(data_dir: Path, *words: str) -> list[str]:
    """The command line of a call."""
    return [sys.executable, "-m", "utfall.cli", "--data-dir", str(data_dir), *words]


def utfall(data_dir: Path, *words: str, cwd: Path | None = None, **more: str) -> Ran:
    """Call `utfall` and wait for its answer."""
    told = ["--data-dir", str(data_dir), *words]
    called = forks().call(told, environment(**more), cwd or data_dir.parent)
    assert "Traceback" not in called.err, called.err
    return Ran(*called)


def executed(data_dir: Path, *words: str) -> Ran:
    """The same by a new interpreter, as a person calls it."""
    done = subprocess.run(
        command(data_dir, *words),
        capture_output=True,
        text=True,
        env=environment(),
        cwd=data_dir.parent,
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE_S,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def write_rows(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    """Rows as JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def ago(minutes: int) -> int:
    """A time in the near past, in UTC milliseconds."""
    return time.time_ns() // 1_000_000 - minutes * 60_000


def order(reference: str, **more: object) -> dict[str, object]:
    """A sale of 100.00 SEK of Fjällbutiken, under the code of a voucher site that is paid 2 %."""
    return {
        "kind": "conversion",
        "advertiser": 1,
        "order": reference,
        "currency": "SEK",
        "amount": "100.00",
        "code": "KUNG10",
        "occurred_at": ago(60),
        **more,
    }
