"""The reference says what the code says."""

import subprocess
import sys

from tests.law.tree import ROOT


def test_the_reference_is_what_the_code_says() -> None:
    """In a process of its own: what other tests did to commands and settings of this one is not the code."""
    told = subprocess.run(
        [sys.executable, "-m", "tools.reference", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stderr) == (0, "")
