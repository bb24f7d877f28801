"""A schema as a Python annotation."""

import re
from enum import Enum
from keyword import iskeyword
from typing import Any, Final

from tools.client.document import REFERENCE, Schema

PLAIN: Final = {"integer": "int", "number": "float", "boolean": "bool", "null": "None"}
MOST_WORDS: Final = 40
"""Words of a parameter that a signature names; of more it says that they are texts."""
TEXTS: Final = {"date-time": "datetime", "date": "date"}


class Way(Enum):
    """Which way a schema travels. What is answered may grow, so it is read with lenience."""

    SENT = "sent"
    ANSWERED = "answered"
    BOTH = "both"


def class_name(name: str) -> str:
    """A schema's name as a class: `Listed_LinkAnswer_` is `ListedLinkAnswer`."""
    return name.replace("_", "")


def python_name(name: str) -> str:
    """A field's or parameter's name, which Python may have reserved."""
    plain = re.sub(r"\W", "_", name)
    return f"{plain}_" if iskeyword(plain) else plain


def is_words(schema: Schema) -> bool:
    """Whether it is a closed list of texts with a name."""
    return schema.get("type") == "string" and "enum" in schema


def annotation(schema: Schema, way: Way) -> str:
    """The annotation of a value of this schema."""
    if "$ref" in schema:
        return class_name(schema["$ref"].removeprefix(REFERENCE))
    for joined in ("allOf", "anyOf", "oneOf"):
        if joined in schema:
            return union([annotation(one, way) for one in schema[joined]])
    if "const" in schema or "enum" in schema:
        return _literal(schema.get("enum", [schema.get("const")]), way)
    match schema.get("type"):
        case "array":
            return _array(schema, way)
        case "object":
            return _object(schema, way)
        case "string" if schema.get("format") == "binary":
            return "bytes" if way is Way.ANSWERED else "File"
        case "string":
            return TEXTS.get(schema.get("format", ""), "str")
        case str(kind):
            return PLAIN[kind]
    return "Any"


def union(kinds: list[str]) -> str:
    """Each kind once, None at the end."""
    plain = [kind.removesuffix(" | None") for kind in kinds]
    if plain != kinds:
        plain.append("None")
    return " | ".join(sorted(dict.fromkeys(plain), key=lambda kind: kind == "None"))


def _literal(values: list[Any], way: Way) -> str:
    is_lenient = way is Way.ANSWERED or len(values) > MOST_WORDS
    if is_lenient and all(isinstance(value, str) for value in values):
        return "str"
    return f"Literal[{', '.join(map(literal, values))}]"


def _array(schema: Schema, way: Way) -> str:
    if "prefixItems" in schema:
        return f"tuple[{', '.join(annotation(one, way) for one in schema['prefixItems'])}]"
    inner = annotation(schema.get("items", {}), way)
    return f"Sequence[{inner}]" if way is Way.SENT else f"tuple[{inner}, ...]"


def _object(schema: Schema, way: Way) -> str:
    values = schema.get("additionalProperties")
    inner = annotation(values, way) if isinstance(values, dict) else "Any"
    return f"Mapping[str, {inner}]" if way is Way.SENT else f"dict[str, {inner}]"


def literal(value: Any) -> str:
    """A value as source."""
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return repr(value)
