"""The few forms a page is made of, and the words for types."""

from collections.abc import Iterable, Sequence

from msgspec import inspect


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def code(text: object) -> str:
    return f"`{text}`" if str(text) else ""


def prose(docstring: str | None) -> str:
    """A docstring as paragraphs, without the line ends of its source."""
    paragraphs = (docstring or "").strip().split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def type_words(kind: inspect.Type) -> str:
    match kind:
        case inspect.Metadata(type=inner):
            return type_words(inner)
        case inspect.IntType(ge=low, le=high) if low is not None and high is not None:
            return f"whole number, {low} to {high}"
        case inspect.IntType():
            return "whole number"
        case inspect.BoolType():
            return "true or false"
        case inspect.StrType():
            return "text"
        case inspect.BytesType():
            return "bytes"
        case inspect.LiteralType(values=values):
            return "one of " + ", ".join(code(value) for value in values)
        case inspect.EnumType(cls=cls) | inspect.StructType(cls=cls):
            return code(cls.__name__)
        case inspect.VarTupleType(item_type=item):
            return f"list of {type_words(item)}"
        case inspect.UnionType(types=kinds):
            return " or ".join(type_words(each) for each in kinds if not isinstance(each, inspect.NoneType))
        case inspect.CustomType(cls=cls):
            return cls.__name__.lower()
    raise TypeError(f"no words for {kind}")
