"""XML in both directions: elements in the order of the schema, and untrusted files read without harm, piece
by piece: a file of a hundred megabytes takes no more memory than its largest entry.
"""

from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, Final, NamedTuple
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

LARGEST_FILE: Final = 256 << 20


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


class Piece(NamedTuple):
    """An element that has just ended, and those around it, the outermost first."""

    element: Element
    around: tuple[Element, ...]

    def forget(self) -> None:
        """Take it out of what is around it: what was read is not kept."""
        self.around[-1].remove(self.element)


def message_of(source: BinaryIO, *messages: str) -> str:
    """Which of these messages (`camt.053`, …) a file is; it is read again from its beginning afterwards."""
    with _told():
        for _event, element in iterparse(source, ("start",), forbid_dtd=True):
            source.seek(0)
            return _message(element.tag, messages)
    raise BankFileError("empty", "The file has no message in it.")


def pieces(source: BinaryIO, wanted: Container[str], *messages: str) -> Iterator[Piece]:
    """The elements of these names, without namespaces, as they end; the message's own ends last of all.

    Raises BankFileError: `not_xml`, `other_message`, `empty`.
    """
    stack: list[Element] = []
    count = 0
    with _told():
        for event, element in iterparse(source, ("start", "end"), forbid_dtd=True):
            if event == "start":
                if not stack:
                    _message(element.tag, messages)
                element.tag = element.tag.rpartition("}")[2]
                stack.append(element)
                continue
            stack.pop()
            count += len(stack) == 1
            if stack and (len(stack) == 1 or element.tag in wanted):
                yield Piece(element, tuple(stack))
    if count != 1:
        raise BankFileError("empty", "The file has no message in it.")


@contextmanager
def _told() -> Iterator[None]:
    """What the parser says of a file that it cannot read, as our own error."""
    try:
        yield
    except BankFileError:
        raise
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise BankFileError("not_xml", f"The file is not XML that can be read: {error}") from error


def _message(tag: str, messages: Sequence[str]) -> str:
    namespace = tag.partition("}")[0].strip("{")
    message = ".".join(namespace.rpartition(":")[2].split(".")[:2])
    if message not in messages:
        said = namespace.rpartition(":")[2] or tag
        raise BankFileError("other_message", f"The file is {said}, not {' or '.join(messages)}.")
    return message


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
