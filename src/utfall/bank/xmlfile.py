"""XML in both directions: elements in the order of the schema, and untrusted files read without harm."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

LARGEST_FILE: Final = 64 << 20


class BankFileError(ValueError):
    """A file that cannot be read, with a reason code and a sentence for a person."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code
        self.why = why


def root(tag: str, namespace: str) -> Element:
    """A document's outermost element."""
    return Element(tag, {"xmlns": namespace})


def put(parent: Element, path: str, text: str | None = None, **attributes: str) -> Element:
    """Append elements below one another, `A/B/C`, and give the last one a text; it is returned."""
    found = parent
    for tag in path.split("/"):
        found = SubElement(found, tag)
    found.text = text
    found.attrib.update(attributes)
    return found


def put_known(parent: Element, path: str, text: str | None) -> None:
    """The same where there is anything to say."""
    if text:
        put(parent, path, text)


def written(document: Element) -> bytes:
    """The bytes of a document, indented, as UTF-8."""
    indent(document, space=" ")
    content: bytes = tostring(document, encoding="UTF-8", xml_declaration=True)
    return content + b"\n"


def read(content: bytes, *messages: str) -> tuple[Element, str]:
    """A file's element of one of these messages (`camt.053`, …) without namespaces, and which it is."""
    if len(content) > LARGEST_FILE:
        raise BankFileError("too_large", "The file is larger than 64 MiB.")
    try:
        document: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise BankFileError("not_xml", f"The file is not XML that can be read: {error}") from error
    namespace = document.tag.partition("}")[0].strip("{")
    message = ".".join(namespace.rpartition(":")[2].split(".")[:2])
    if message not in messages:
        said = namespace.rpartition(":")[2] or document.tag
        raise BankFileError("other_message", f"The file is {said}, not {' or '.join(messages)}.")
    for one in document.iter():
        one.tag = one.tag.rpartition("}")[2]
    if len(document) != 1:
        raise BankFileError("empty", "The file has no message in it.")
    return document[0], message


def text_of(parent: Element, path: str) -> str | None:
    """The text below an element, without white space around it; None where there is none."""
    found = parent.find(path)
    return (found.text or "").strip() or None if found is not None else None


def first_text(parent: Element, *paths: str) -> str | None:
    """The first of several places that says anything."""
    return next((found for path in paths if (found := text_of(parent, path))), None)


def needed(parent: Element, path: str) -> str:
    """The text below an element which the message must have."""
    found = text_of(parent, path)
    if found is None:
        raise BankFileError("incomplete", f"The file lacks {parent.tag}/{path}.")
    return found


def every(parent: Element, path: str) -> Iterator[Element]:
    """All elements at a path."""
    yield from parent.iterfind(path)
