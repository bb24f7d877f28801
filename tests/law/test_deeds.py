"""Every action that is recorded is told in a sentence: on the first page, and in the log.

Actions are written where they are recorded, as a literal, or as a prefix with a state or a verb behind it;
that every state behind a prefix has its sentence, `tests/portal/audit/test_sentences.py` asks.
"""

import ast
import re
from collections.abc import Iterator

from tests.law.tree import Module, modules
from utfall.portal.audit import facade
from utfall.portal.audit.sentences import _SENTENCES

RECORDERS = {"record", "_record", "changed", "_until"}
ACTION = re.compile(r"[a-z]+\.[a-z_]+")


def test_every_recorded_action_has_a_sentence() -> None:
    untold = [
        f"{module.at(call)}: {action}"
        for module in modules()
        if module.package == "portal"
        for call, action in _actions(module)
        if not facade.is_told(action)
    ]
    assert not untold, "\n".join(["say them in the app's deeds.py", *untold])


def test_every_prefix_of_actions_has_sentences() -> None:
    known = {action.split(".")[0] + "." for action in _SENTENCES}
    prefixes = {
        str(part.value)
        for module in modules()
        if module.package == "portal"
        for call in _calls(module)
        for part in _joined(call)
        if isinstance(part, ast.Constant) and re.fullmatch(r"[a-z]+\.[a-z_]*", str(part.value))
    }
    assert prefixes
    assert not [one for one in prefixes if not any(kind.startswith(one.split(".")[0]) for kind in known)]


def test_every_sentence_is_of_somebody_or_of_something() -> None:
    for action in _SENTENCES:
        words = facade.action_words(action)
        assert "%(" not in words, action
        assert words != action


def _calls(module: Module) -> Iterator[ast.Call]:
    for node in module.nodes:
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in RECORDERS:
                yield node


def _actions(module: Module) -> Iterator[tuple[ast.Call, str]]:
    """The literals that are handed to what records; programs record by a name of their own."""
    of_programs = module.path.parent.name == "programs"
    for call in _calls(module):
        given = [*call.args[:3], *(one.value for one in call.keywords if one.arg == "action")]
        for node in (part for one in given for part in ast.walk(one) if not isinstance(one, ast.JoinedStr)):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if ACTION.fullmatch(node.value):
                yield call, node.value
            elif of_programs and re.fullmatch(r"[a-z_]+", node.value):
                yield call, f"program.{node.value}"


def _joined(call: ast.Call) -> Iterator[ast.expr]:
    given = [*call.args[:3], *(one.value for one in call.keywords if one.arg == "action")]
    return (part for one in given if isinstance(one, ast.JoinedStr) for part in one.values[:1])
