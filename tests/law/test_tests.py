"""The tests obey laws too: every reason has its test, and nothing is mocked."""

import ast
from functools import cache
from pathlib import Path

from tests.law.tree import ROOT
from utfall.events import REASONS, Reason

TESTS = ROOT / "tests"


@cache
def nodes() -> tuple[tuple[Path, ast.AST], ...]:
    """Every node of every file of tests."""
    paths = TESTS.rglob("*.py")
    return tuple(
        (one, node) for one in paths for node in ast.walk(ast.parse(one.read_text(encoding="utf-8")))
    )


def names_of_tests() -> set[str]:
    return {
        node.name
        for path, node in nodes()
        if path.name.startswith("test_")
        and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
    }


def test_every_reason_has_a_test_that_bears_its_name() -> None:
    names = [name.removeprefix("test") + "_" for name in names_of_tests()]
    untested = [reason.value for reason in Reason if not any(f"_{reason.value}_" in name for name in names)]
    assert untested == []


def test_every_reason_has_its_words() -> None:
    assert list(REASONS) == list(Reason)
    assert all(words.sentence.endswith(".") and words.mend.endswith(".") for words in REASONS.values())


def test_tests_are_no_packages() -> None:
    """Each test file stands alone (`--import-mode=importlib`): there is no `__init__.py` to keep in step."""
    assert [str(path.relative_to(ROOT)) for path in TESTS.rglob("__init__.py")] == []


def test_nothing_is_mocked() -> None:
    offences = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, node in nodes()
        if isinstance(node, ast.Import | ast.ImportFrom) and imports_mock(node)
    ]
    assert offences == []


def imports_mock(node: ast.Import | ast.ImportFrom) -> bool:
    names = {alias.name for alias in node.names}
    if isinstance(node, ast.Import):
        return "unittest.mock" in names
    return node.module == "unittest.mock" or (node.module == "unittest" and "mock" in names)
