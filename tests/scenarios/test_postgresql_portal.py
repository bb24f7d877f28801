"""The portal's central flows hold on a PostgreSQL server: the very tests that hold in files, once more there.

All others do so with `TESTS_SERVER=URL make test`, which takes its time; these are run every time.
"""

import os
import subprocess
import sys
from typing import Final

import pytest

from tests.law.tree import ROOT
from tests.once import NAMED
from tests.postgres import new_database

SERVER: Final = "TESTS_SERVER"
FLOWS: Final = (
    "audit/test_approvals.py::test_a_proposal_is_decided_in_the_browser",
    "conversions/test_api.py::test_filters_find_what_they_say",
    "validation/test_deciding.py::test_good_rows_are_written_and_bad_ones_say_why",
    "invoices/test_runs.py::test_pages_draft_issue_and_hand_out",
    "payouts/test_pages.py::test_a_publisher_sets_up_and_an_operator_pays",
    "banking/test_importing.py::test_a_statement_is_matched_and_the_same_twice_changes_nothing",
    "statements/test_statements.py::test_a_publishers_statements_follow_on_each_other_to_the_micro",
)
"""Orders are listed and decided; papers are issued; a payout is prepared, released by two, sent, answered."""


@pytest.mark.slow
def test_the_portals_central_flows_hold_on_a_server() -> None:
    """In a process of its own, for where the portal keeps its tables is said once in the life of one."""
    told = {name: value for name, value in os.environ.items() if name != NAMED and "PYTEST" not in name}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, *(f"tests/portal/{one}" for one in FLOWS)],
        check=False,
        cwd=ROOT,
        env={**told, SERVER: new_database()},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert f"{len(FLOWS)} passed" in done.stdout
