"""The condition builder: a tree of groups and lines as a form holds it, read from a request and put back.

Every element is named by its path: `c` is the root, `c.0` its first part. A browser sends `c.0.field`,
`c.0.op`, `c.0.value`; buttons send `do` with a verb and a path. So the tree needs no script, and the server
says which operators a field has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from django.http import QueryDict

from utfall.events import Outcome
from utfall.portal.access import Problem
from utfall.portal.commission.checking import TOUCHES
from utfall.portal.commission.valuing import Unreadable, read_value, written_values
from utfall.terms import FIELDS, AllOf, AnyOf, Condition, Not, Test
from utfall.terms.conditions import MAX_DEPTH, OPERATORS

ROOT: Final = "c"
MOST_PARTS: Final = 50
FIRST_FIELD: Final = "order.amount_micros"
FIRST_OF_TOUCHES: Final = "partner.promotion_type"

Shape = Literal["money", "number", "period", "text", "flag", "group", "publisher", "choice"]
SHAPES: Final[Mapping[str, Shape]] = {
    "order.amount_micros": "money",
    "line.amount_micros": "money",
    "touch.age_seconds": "period",
    "customer.is_new": "flag",
    "order.is_recurring": "flag",
    "partner.group": "group",
    "partner.publisher": "publisher",
    "partner.promotion_type": "choice",
    "touch.class": "choice",
    "customer.status": "choice",
    "order.device": "choice",
    "touch.device": "choice",
}
ORDERED: Final = ("eq", "ne", "in", "not_in", "lt", "le", "gt", "ge", "between")
OF_NAMES: Final = ("eq", "ne", "in", "not_in")
OF_TEXTS: Final = ("eq", "ne", "in", "not_in", "starts_with", "ends_with", "contains", "not_contains")
PERIOD: Final = ("lt", "le", "gt", "ge", "between")


@dataclass(slots=True)
class Line:
    """One test as it is typed."""

    path: str
    field: str
    op: str
    values: list[str]
    unit: str = ""
    problem: str = ""

    @property
    def shape(self) -> Shape:
        """What its value is typed into."""
        return shape_of(self.field)

    @property
    def is_list(self) -> bool:
        """Whether several values are chosen or typed."""
        return self.op in ("in", "not_in")

    @property
    def operators(self) -> tuple[str, ...]:
        """The operators that are legal for its field."""
        return operators_of(self.field)


@dataclass(slots=True)
class Group:
    """Several parts of which all or any are true; negated: none is true that way."""

    path: str
    mode: Literal["all", "any"] = "all"
    negated: bool = False
    parts: list["Line | Group"] = field(default_factory=list)
    problem: str = ""

    @property
    def can_nest(self) -> bool:
        """Whether another group fits into it."""
        return self.path.count(".") < MAX_DEPTH // 2 - 1


class Built(NamedTuple):
    """The condition that a tree says, and what is wrong with it."""

    condition: Condition | None
    problems: list[Problem]


def shape_of(name: str) -> Shape:
    """What the value of a field is typed into."""
    known = FIELDS.get(name)
    return SHAPES.get(name) or ("number" if known is not None and known.kind == "number" else "text")


def operators_of(name: str) -> tuple[str, ...]:
    """The operators people are offered for a field: all that are legal and make sense."""
    match shape_of(name):
        case "flag":
            return ("eq",)
        case "group" | "publisher" | "choice":
            return OF_NAMES
        case "period":
            return PERIOD
        case "text":
            return OF_TEXTS
    return tuple(op for op in ORDERED if op in OPERATORS["number"])


def tree_of(condition: Condition | None, currency: str) -> Group:
    """A condition as a form holds it; without one, an empty group."""
    if condition is None:
        return Group(ROOT)
    made = _part(condition, ROOT, currency)
    return made if isinstance(made, Group) else Group(ROOT, parts=[_part_as_line(condition, currency)])


def _part_as_line(condition: Condition, currency: str) -> "Line | Group":
    return _part(condition, f"{ROOT}.0", currency)


def _part(condition: Condition, path: str, currency: str) -> "Line | Group":
    match condition:
        case Test():
            return _line(condition, path, currency)
        case Not(of=AllOf(of=parts)):
            return _group(path, "all", parts, currency, negated=True)
        case Not(of=AnyOf(of=parts)):
            return _group(path, "any", parts, currency, negated=True)
        case Not(of=part):
            return _group(path, "all", (part,), currency, negated=True)
        case AllOf(of=parts):
            return _group(path, "all", parts, currency)
        case AnyOf(of=parts):
            return _group(path, "any", parts, currency)


def _group(
    path: str,
    mode: Literal["all", "any"],
    parts: Sequence[Condition],
    currency: str,
    *,
    negated: bool = False,
) -> Group:
    made = [_part(part, f"{path}.{place}", currency) for place, part in enumerate(parts)]
    return Group(path, mode, negated, made)


def _line(test: Test, path: str, currency: str) -> Line:
    if isinstance(test.value, bool):
        return Line(path, test.field, "eq", ["yes" if test.value == (test.op == "eq") else "no"])
    values, unit = written_values(shape_of(test.field), test.value, currency)
    return Line(path, test.field, test.op, values, unit)


def sent_tree(sent: QueryDict) -> Group:
    """The tree a request carries."""
    found = _sent_part(sent, ROOT)
    return found if isinstance(found, Group) else Group(ROOT)


def _sent_part(sent: QueryDict, path: str) -> "Line | Group":
    if sent.get(f"{path}.kind") == "line":
        return _sent_line(sent, path)
    found = Group(
        path,
        mode="any" if sent.get(f"{path}.mode") == "any" else "all",
        negated=sent.get(f"{path}.negated") == "yes",
    )
    if path.count(".") < MAX_DEPTH:
        for place in range(MOST_PARTS):
            if not sent.get(f"{path}.{place}.kind"):
                break
            found.parts.append(_sent_part(sent, f"{path}.{place}"))
    return found


def _sent_line(sent: QueryDict, path: str) -> Line:
    name = sent.get(f"{path}.field") or FIRST_FIELD
    name = name if name in FIELDS else FIRST_FIELD
    # Where another field was chosen, what stood for the one before means nothing.
    is_same = sent.get(f"{path}.was", name) == name
    op = sent.get(f"{path}.op") or ""
    line = Line(path, name, op if op in operators_of(name) else operators_of(name)[0], [])
    if is_same:
        line.values = [value.strip() for value in sent.getlist(f"{path}.value")]
        line.unit = sent.get(f"{path}.unit") or ""
    return line


def act(root: Group, verb: str, path: str, outcome: Outcome) -> None:
    """Do what a button asks for: add a line or a group below a path, or remove what is there."""
    group = _find(root, path if verb in ("line", "group") else path.rpartition(".")[0])
    if group is None:
        return
    if verb == "remove":
        group.parts = [part for part in group.parts if part.path != path]
    elif verb in ("line", "group") and len(group.parts) < MOST_PARTS:
        first = FIRST_OF_TOUCHES if outcome in TOUCHES else FIRST_FIELD
        line = Line("", first, operators_of(first)[0], [])
        if verb == "line":
            group.parts.append(line)
        elif group.can_nest:
            group.parts.append(Group("", "any" if group.mode == "all" else "all", parts=[line]))
    _renumber(root, ROOT)


def _find(group: Group, path: str) -> Group | None:
    if group.path == path:
        return group
    inner = (_find(part, path) for part in group.parts if isinstance(part, Group))
    return next((found for found in inner if found), None)


def _renumber(part: "Line | Group", path: str) -> None:
    part.path = path
    if isinstance(part, Group):
        for place, inner in enumerate(part.parts):
            _renumber(inner, f"{path}.{place}")


def build(root: Group) -> Built:
    """The condition that a tree says. What is wrong is also noted at its place in the tree."""
    problems: list[Problem] = []
    condition = _condition(root, problems) if root.parts else None
    return Built(None if problems else condition, problems)


def _condition(part: "Line | Group", problems: list[Problem]) -> Condition | None:
    if isinstance(part, Line):
        return _test(part, problems)
    made = [one for inner in part.parts if (one := _condition(inner, problems)) is not None]
    if not made:
        return None
    joined: Condition = AnyOf(tuple(made)) if part.mode == "any" else AllOf(tuple(made))
    inner_one = made[0] if len(made) == 1 else joined
    return Not(inner_one) if part.negated else inner_one


def _test(line: Line, problems: list[Problem]) -> Condition | None:
    try:
        return Test(line.field, line.op, read_value(line.shape, line.op, line.values, line.unit, line.field))
    except Unreadable as error:
        line.problem = str(error)
        problems.append(Problem("value_unreadable", line.problem, f"{line.path}.value"))
        return None
