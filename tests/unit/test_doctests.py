"""The examples in the docstrings of the pure core run, and say what is true."""

import doctest
import importlib
import pkgutil
from types import ModuleType

import pytest

import utfall

PURE = ("money", "events", "terms", "engine")


def pure_modules() -> list[ModuleType]:
    names = [f"utfall.{package}" for package in PURE]
    for name in tuple(names):
        names += [
            info.name for info in pkgutil.iter_modules(importlib.import_module(name).__path__, f"{name}.")
        ]
    return [importlib.import_module(name) for name in names]


@pytest.mark.parametrize("module", pure_modules(), ids=lambda module: module.__name__)
def test_the_examples_of_a_module_are_true(module: ModuleType) -> None:
    assert doctest.testmod(module, raise_on_error=False).failed == 0


def test_the_core_has_examples() -> None:
    found = [
        test for module in pure_modules() for test in doctest.DocTestFinder().find(module) if test.examples
    ]
    assert len(found) >= 10
    assert utfall.__doc__
