"""The reference says what the code says, and the generated client what the document says."""

import subprocess
import sys

import pytest

from tests.law.tree import ROOT


@pytest.mark.parametrize("tool", ["tools.reference", "tools.client"])
def test_what_is_generated_is_what_the_code_says(tool: str) -> None:
    """In a process of its own: what other tests did to commands and settings of this one is not the code."""
    told = subprocess.run(
        [sys.executable, "-m", tool, "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stderr) == (0, "")
