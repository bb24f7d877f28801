"""Lengths, names and docstrings: what keeps a file readable is checked, not remembered."""

import ast
import re

from tests.law.tree import ROOT, Function, Module, modules, text_of, tracked

FUNCTION_LINES = 70
MODULE_LINES = 400
NAMED_BY_OTHERS = {"src/utfall/portal/postgresql/base.py": "where Django looks for a database's backend"}
CSV_WRITERS = {
    "look/exports.py": "the one way",
    "reports/files.py": "millions of rows, written into a file as they are read",
}
JUNK_DRAWERS = {
    "base",
    "common",
    "core",
    "helper",
    "helpers",
    "lib",
    "manager",
    "managers",
    "misc",
    "shared",
    "util",
    "utils",
}
# Spelt in halves so that this file does not break its own law. XXX alone is a currency (ISO 4217: none).
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "# XX" + "X", "HA" + "CK")) + r")\b")


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_no_function_is_longer_than_a_screen() -> None:
    offences = [
        f"{module.at(function)} {function.name} has {length(function)} lines"
        for module in modules()
        for function in module.functions()
        if length(function) > FUNCTION_LINES
    ]
    assert offences == []


def test_no_module_holds_two_nouns() -> None:
    offences = [
        f"{module.path.relative_to(ROOT)} has {lines} lines"
        for module in modules()
        if (lines := module.text.count("\n")) > MODULE_LINES
    ]
    assert offences == []


def test_there_is_no_junk_drawer() -> None:
    """A module is named for what it holds."""
    offences = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix == ".py"
        and JUNK_DRAWERS & {path.stem, *path.relative_to(ROOT).parts[:-1]}
        and str(path.relative_to(ROOT)) not in NAMED_BY_OTHERS
    ]
    assert offences == []


def is_generated(module: Module) -> bool:
    return module.path.parent.name == "migrations"


def test_every_module_and_package_opens_with_a_docstring() -> None:
    offences = [
        str(module.path.relative_to(ROOT))
        for module in modules()
        if not is_generated(module) and not ast.get_docstring(module.tree)
    ]
    assert offences == []


def test_every_package_says_what_it_promises() -> None:
    """The docstring of each noun is more than its name."""
    offences = [
        module.package
        for module in modules()
        if module.path == ROOT / "src" / "utfall" / module.package / "__init__.py"
        and len(ast.get_docstring(module.tree) or "") < 100
    ]
    assert offences == []


def test_nothing_is_left_for_later() -> None:
    offences = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in tracked()
        if path.suffix in {".py", ".sh", ".md", ".toml", ".sql", ".html"} and path.name != "LICENSE"
        if (found := UNFINISHED.search(text_of(path) or ""))
    ]
    assert offences == []


def writes_csv(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(value=ast.Name(id="csv"), attr="writer" | "DictWriter"):
            return True
        case ast.ImportFrom(module="csv"):
            return any(one.name in ("writer", "DictWriter") for one in node.names)
    return False


def test_the_portal_writes_csv_in_one_way() -> None:
    """Else one of its files is made safe for spreadsheets and the next is not."""
    offences = [
        f"{module.at(node)} writes CSV by itself"
        for module in modules()
        if module.package == "portal"
        and module.path.relative_to(ROOT / "src" / "utfall" / "portal").as_posix() not in CSV_WRITERS
        for node in module.nodes
        if writes_csv(node)
    ]
    assert offences == []


def catches_everything(handler: ast.ExceptHandler) -> bool:
    """Whether it swallows even an interrupt; cleaning up and raising again is fine."""
    match handler.type:
        case None | ast.Name(id="BaseException"):
            return not isinstance(handler.body[-1], ast.Raise)
    return False


def test_no_handler_swallows_everything() -> None:
    offences = [
        f"{module.at(node)} catches everything"
        for module in modules()
        for node in module.nodes
        if isinstance(node, ast.ExceptHandler) and catches_everything(node)
    ]
    assert offences == []
