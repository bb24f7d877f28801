"""The core is pure: what money, events, terms and engine may import and call is a list, not a habit."""

import ast
from collections.abc import Iterator

from tests.law.tree import PURE, Module, modules

ALLOWED = {
    *(
        "abc",
        "array",
        "base64",
        "binascii",
        "bisect",
        "calendar",
        "collections",
        "copy",
        "dataclasses",
        "datetime",
    ),
    *(
        "enum",
        "fractions",
        "functools",
        "hashlib",
        "heapq",
        "hmac",
        "itertools",
        "json",
        "math",
        "operator",
        "re",
    ),
    *("string", "struct", "types", "typing"),
    *("ipaddress", "tomllib", "unicodedata", "urllib.parse", "msgspec"),
}
ALLOWED_FROM_UTFALL = {
    "money": {"money"},
    "events": {"events", "money"},
    "terms": {"terms", "events", "money"},
    "engine": {"engine", "terms", "events", "money"},
}
# Names that read a clock, the environment, a file or a person, or that run what they are given.
REFUSED_CALLS = {
    "open",
    "print",
    "input",
    "eval",
    "exec",
    "compile",
    "__import__",
    "breakpoint",
    "id",
    "hash",
    "globals",
}
REFUSED_METHODS = {"now", "utcnow", "today", "urandom", "getenv"}


def pure_modules() -> list[Module]:
    found = [module for module in modules() if module.package in PURE]
    assert {module.package for module in found} == set(PURE)
    return found


def imported(tree: ast.Module) -> Iterator[tuple[ast.stmt, str]]:
    """Every import as (statement, dotted name)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node, node.module or ""


def is_allowed(package: str, name: str) -> bool:
    first, *rest = name.split(".")
    if first == "utfall":
        return bool(rest) and rest[0] in ALLOWED_FROM_UTFALL[package]
    return first in ALLOWED or name in ALLOWED


def refused_call(node: ast.Call) -> str | None:
    match node.func:
        case ast.Name(id=name) if name in REFUSED_CALLS:
            return name
        case ast.Attribute(attr=name) if name in REFUSED_METHODS:
            return name
    return None


def test_the_core_imports_nothing_impure() -> None:
    offences = [
        f"{module.at(node)} imports {name}"
        for module in pure_modules()
        for node, name in imported(module.tree)
        if not is_allowed(module.package, name)
    ]
    assert offences == []


def test_the_core_calls_nothing_impure() -> None:
    offences = [
        f"{module.at(node)} calls {name}()"
        for module in pure_modules()
        for node in module.nodes
        if isinstance(node, ast.Call) and (name := refused_call(node))
    ]
    assert offences == []


def test_the_core_keeps_no_mutable_module_state() -> None:
    offences = [
        f"{module.at(node)} uses global"
        for module in pure_modules()
        for node in module.nodes
        if isinstance(node, ast.Global)
    ]
    assert offences == []


def is_float(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value=float()) | ast.Name(id="float"):
            return True
        case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
            return True
    return False


def test_no_float_touches_an_amount() -> None:
    """No float literal, no `float` and no true division where amounts are made and posted."""
    offences = [
        f"{module.at(node)} uses a float"
        for module in pure_modules()
        if module.package in {"money", "engine"}
        for node in module.nodes
        if is_float(node)
    ]
    assert offences == []
