"""The ten-minute guide does what it says: its commands are run as they stand."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.law.tree import ROOT
from tests.portal.database import begin_in
from tests.scenarios.running_cli import PATIENCE_S, environment

GUIDE = ROOT / "docs" / "guides" / "ten-minutes.md"
COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)
UTFALL = '#!/bin/sh\nexec "{python}" -m utfall.cli "$@"\n'


def script(port: int) -> str:
    """Every command of the guide, on a port of our own, each of which must succeed."""
    blocks = COMMANDS.findall(GUIDE.read_text(encoding="utf-8"))
    assert len(blocks) == 8
    return "set -eu\ntrap 'kill %1 2> /dev/null || true; wait' EXIT\n" + "\n".join(blocks).replace(
        ":8700/", f":{port}/"
    )


@pytest.mark.slow
def test_the_ten_minute_guide_pays_a_commission(tmp_path: Path, free_port: int) -> None:
    program = tmp_path / "bin" / "utfall"
    program.parent.mkdir()
    program.write_text(UTFALL.format(python=sys.executable), encoding="utf-8")
    program.chmod(0o755)
    begin_in(tmp_path / "var")
    more = environment(UTFALL_EDGE_PORT=str(free_port))
    ran = subprocess.run(
        ["bash", "-c", script(free_port)],
        cwd=tmp_path,
        env={**more, "PATH": f"{program.parent}:{more['PATH']}"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert ran.returncode == 0, ran
    for words in (
        "is in force",
        "utfall=",
        "commission 180.00 SEK · fee 36.00 SEK · cost 216.00 SEK",
        "-150.00 SEK",
        "The book balances.",
        "The receipt holds",
        "Everything holds.",
        "identical, row for row",
        "-30.00 SEK",
        "15 % → 12 %",
    ):
        assert words in ran.stdout, (words, ran.stdout, ran.stderr)
