"""events.md, from the structs and enums of the kinds of event."""

from enum import Enum
from typing import get_args

import msgspec
from msgspec import inspect

from tools.reference.markdown import code, prose, table, type_words
from utfall.events import AnyEvent, kinds


def page() -> list[str]:
    structs = [inspect.type_info(kind) for kind in get_args(AnyEvent)]
    inner = sorted(
        {cls for struct in structs for cls in fields_made_of(struct)}, key=lambda cls: cls.__name__
    )
    enums = [cls for cls in inner if issubclass(cls, Enum)]
    parts = [inspect.type_info(cls) for cls in inner if not issubclass(cls, Enum)]
    return [
        "# Events",
        prose(kinds.__doc__),
        *(paragraph for struct in structs for paragraph in struct_section(struct)),
        "# Parts of events",
        *(paragraph for part in parts for paragraph in struct_section(part)),
        "# Words that fields hold",
        *(paragraph for enum in enums for paragraph in enum_section(enum)),
    ]


def fields_made_of(kind: inspect.Type) -> set[type]:
    """The structs and enums a struct's fields are made of, however deep."""
    if not isinstance(kind, inspect.StructType):
        return set()
    return {cls for field in kind.fields for cls in named(field.type)}


def named(kind: inspect.Type) -> set[type]:
    match kind:
        case inspect.StructType(cls=cls):
            return {cls} | fields_made_of(kind)
        case inspect.EnumType(cls=cls):
            return {cls}
        case inspect.VarTupleType(item_type=inner) | inspect.Metadata(type=inner):
            return named(inner)
        case inspect.UnionType(types=kinds):
            return {cls for each in kinds for cls in named(each)}
    return set()


def struct_section(kind: inspect.Type) -> list[str]:
    assert isinstance(kind, inspect.StructType)
    rows = [(code(field.encode_name), type_words(field.type), left_out(field)) for field in kind.fields]
    title = f"## {kind.tag or kind.cls.__name__}"
    return [title, prose(kind.cls.__doc__), table(("field", "type", "if left out"), rows)]


def left_out(field: inspect.Field) -> str:
    if field.required:
        return "required"
    if field.default in (None, (), msgspec.NODEFAULT):
        return "empty"
    return code(getattr(field.default, "value", field.default))


def enum_section(enum: type[Enum]) -> list[str]:
    return [f"## {enum.__name__}", prose(enum.__doc__), ", ".join(code(member.value) for member in enum)]
