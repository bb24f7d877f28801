"""What a fresh interpreter has loaded once a package is imported whole, however indirectly."""

import json
import subprocess
import sys
from functools import cache

import pytest

from tests.law.tree import PURE

COLUMNAR = {"duckdb", "ibis", "numpy", "pandas", "pyarrow"}
IMPORT_ALL = """
import importlib, json, pkgutil, sys
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
print(json.dumps(sorted(sys.modules)))
"""


IMPORT_ONE = """
import importlib, json, sys
importlib.import_module(sys.argv[1])
print(json.dumps(sorted(sys.modules)))
"""


@cache
def loaded_by(package: str, program: str = IMPORT_ALL) -> frozenset[str]:
    command = [sys.executable, "-c", program, package]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return frozenset(json.loads(done.stdout))


def test_the_edge_loads_neither_django_nor_a_columnar_engine() -> None:
    forbidden = {"django", "utfall.lake", "utfall.portal", "utfall.workers", *COLUMNAR}
    assert forbidden & loaded_by("utfall.edge") == set()


def test_the_command_line_starts_without_what_its_commands_need() -> None:
    """So that it starts at once, and on an edge machine at all."""
    assert {"django", "rich", *COLUMNAR} & loaded_by("utfall.cli", IMPORT_ONE) == set()


def test_a_metric_is_named_and_explained_without_a_columnar_engine() -> None:
    """Every process of the portal speaks of metrics as it starts; few ever ask the lake."""
    assert COLUMNAR & loaded_by("utfall.lake.explanations", IMPORT_ONE) == set()


def test_everything_the_lake_offers_is_there_once_it_is_asked_for() -> None:
    from utfall import lake

    assert all(hasattr(lake, name) for name in lake.__all__)


@pytest.mark.parametrize("package", PURE)
def test_the_core_loads_nothing_that_reaches_outside(package: str) -> None:
    forbidden = {
        "asyncio",
        "logging",
        "random",
        "secrets",
        "socket",
        "sqlite3",
        "subprocess",
        "tempfile",
        "threading",
    }
    assert forbidden & loaded_by(f"utfall.{package}") == set()


@pytest.mark.parametrize("package", PURE)
def test_the_core_loads_no_third_party_but_msgspec(package: str) -> None:
    tops = {name.partition(".")[0] for name in loaded_by(f"utfall.{package}")}
    # msgspec takes typing_extensions where it is installed.
    ours = {"utfall", "msgspec", "typing_extensions", "__main__"}
    third_party = {
        name for name in tops - ours - sys.stdlib_module_names if not name.startswith(("_", "sitecustomize"))
    }
    assert third_party == set()
