"""What a tool is: a function whose signature becomes its schema and whose docstring is its description.

    tools = Tools()

    @tools.reads("One program")
    def program(desk: Desk, *, program: Program) -> Plain:
        \"\"\"A program with the terms in force.\"\"\"

    @tools.writes("Set a goal", operation="programs_set_goal", needs="manage", kinds=BUYING)
    def set_goal(desk: Desk, *, program: Program, target: Count) -> Plan:
        \"\"\"Set the goal.\"\"\"

A tool that writes has one argument more, `confirm`; without it, its plan is rehearsed and nothing is done.
Arguments that a tool does not know are refused, so that a typing error never widens what was asked for.
"""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final, Literal, get_type_hints

import msgspec
from msgspec import Meta, Struct

from utfall.client import ClientError
from utfall.mcp.desk import EVERYBODY, Desk
from utfall.mcp.plain import Plain
from utfall.mcp.refusals import ARGUMENTS, Declined, told
from utfall.mcp.rehearsals import Plan

Id = Annotated[int, Meta(ge=1)]
Program = Annotated[Id, Meta(description="The program's number (tool programs).")]
AnyProgram = Annotated[Id | None, Meta(description="Only this program, by its number.")]
AnyPublisher = Annotated[Id | None, Meta(description="Only this publisher, by its number.")]
Order = Annotated[Id, Meta(description="Our number of the order: `id` in find_conversions.")]
After = Annotated[int | None, Meta(description="Where to go on: `next_after` of the answer before.")]
Few = Annotated[int, Meta(ge=1, le=100, description="At most so many.")]
Moment = Annotated[
    Annotated[datetime, Meta(tz=True)] | None,
    Meta(description="A time with its offset: 2026-11-21T10:00:00Z."),
]
Amount = Annotated[
    str, Meta(max_length=30, description="A decimal with a dot, such as 249.90; never micros.")
]
Confirm = Annotated[
    str | None,
    Meta(description="The token of the dry run. Left out: only a dry run, which changes nothing."),
]

DRY_RUN: Final = (
    "\n\nThe first call is a dry run: it changes nothing, says what would happen, and answers a token. "
    "Show that to the person you work for. Only a second call with the same arguments and `confirm` does it."
)


@dataclass(frozen=True, slots=True)
class Tool:
    """Something an assistant can ask for or have done."""

    name: str
    title: str
    description: str
    function: Callable[..., Any]
    arguments: type[Struct]
    needs: str
    kinds: frozenset[str]
    operation: str
    """The operation of the API that does what it confirms; empty where it only reads."""
    can_be_undone: bool = True
    """Whether what it does is as easily taken back."""

    @property
    def writes(self) -> bool:
        """Whether it changes anything."""
        return bool(self.operation)

    @property
    def schema(self) -> Plain:
        """The JSON schema of its arguments."""
        (root,), named = msgspec.json.schema_components((self.arguments,), ref_template="#/$defs/{name}")
        own = named.pop(root["$ref"].rpartition("/")[2])
        return {name: value for name, value in own.items() if name != "title"} | (
            {"$defs": named} if named else {}
        )

    def call(self, desk: Desk, arguments: Plain) -> tuple[Plain, bool]:
        """What it answers, and whether that is a refusal."""
        try:
            desk.require(self.needs, self.kinds)
            return self._done(desk, self._read(arguments)), False
        except (Declined, ClientError) as error:
            return told(error), True

    def _done(self, desk: Desk, given: Plain) -> Plain:
        if not self.writes:
            answer: Plain = self.function(desk, **given)
            return answer
        token = given.pop("confirm")
        if token:
            return desk.rehearsals.perform(self.name, given, token)
        plan: Plan = self.function(desk, **given)
        return desk.rehearsals.rehearse(self.name, given, plan)

    def _read(self, arguments: Plain) -> Plain:
        try:
            try:
                read = msgspec.convert(arguments, self.arguments)
            except msgspec.ValidationError:
                # Some hosts send lists and numbers as the text of their JSON.
                read = msgspec.convert(_unquoted(arguments), self.arguments, strict=False)
        except msgspec.ValidationError as error:
            raise Declined("arguments_wrong", f"{error}.", ARGUMENTS) from error
        return {name: getattr(read, name) for name in read.__struct_fields__}


class Tools:
    """Tools about one noun; `Tools` add up."""

    def __init__(self, *parts: "Tools") -> None:
        self._tools: dict[str, Tool] = {}
        for part in parts:
            self._tools |= part._tools

    def __iter__(self) -> Iterator[Tool]:
        return iter(self._tools.values())

    def __getitem__(self, name: str) -> Tool:
        return self._tools[name]

    def __contains__(self, name: str) -> bool:
        return name in self._tools

    def reads(
        self, title: str, *, needs: str = "look", kinds: frozenset[str] = EVERYBODY
    ) -> Callable[[Callable[..., Plain]], Callable[..., Plain]]:
        """A tool that only reads."""

        def kept(function: Callable[..., Plain]) -> Callable[..., Plain]:
            self._keep(function, title, needs, kinds, "", can_be_undone=True)
            return function

        return kept

    def writes(
        self,
        title: str,
        *,
        operation: str,
        needs: str,
        kinds: frozenset[str] = EVERYBODY,
        can_be_undone: bool = False,
    ) -> Callable[[Callable[..., Plan]], Callable[..., Plan]]:
        """A tool that changes something, once it was rehearsed."""

        def kept(function: Callable[..., Plan]) -> Callable[..., Plan]:
            self._keep(function, title, needs, kinds, operation, can_be_undone=can_be_undone)
            return function

        return kept

    def _keep(
        self,
        function: Callable[..., Any],
        title: str,
        needs: str,
        kinds: frozenset[str],
        operation: str,
        *,
        can_be_undone: bool,
    ) -> None:
        name, said = function.__name__, inspect.getdoc(function)
        assert said, f"{name} says what it does"
        described = " ".join(said.split()) + (DRY_RUN if operation else "")
        arguments = _arguments(function, confirmed=bool(operation))
        self._tools[name] = Tool(
            name, title, described, function, arguments, needs, kinds, operation, can_be_undone
        )


def _arguments(function: Callable[..., Any], *, confirmed: bool) -> type[Struct]:
    """The struct that a function's keyword arguments are read as."""
    hints = get_type_hints(function, include_extras=True)
    fields: list[Any] = []
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY:
            given = () if parameter.default is parameter.empty else (parameter.default,)
            fields.append((name, hints[name], *given))
    if confirmed:
        fields.append(("confirm", Confirm, None))
    return msgspec.defstruct(
        f"{function.__name__}_arguments", fields, kw_only=True, frozen=True, forbid_unknown_fields=True
    )


def _unquoted(arguments: Plain) -> Plain:
    """The same, with lists and objects that were sent as text read."""
    read = dict(arguments)
    for name, value in arguments.items():
        if isinstance(value, str) and value[:1] in ("[", "{"):
            try:
                read[name] = msgspec.json.decode(value)
            except msgspec.DecodeError:
                continue
    return read


Days = Literal[
    "today",
    "yesterday",
    "last_7",
    "last_30",
    "last_90",
    "this_month",
    "last_month",
    "this_year",
    "last_year",
    "all",
]
