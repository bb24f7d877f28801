"""Text in templates that stands outside every translation, where a reader of another language would stumble.

It is a heuristic: template tags are taken out, what remains is read as HTML, and letters in text or in an
attribute that people see or hear are told. In `<code>`, `<kbd>`, `<pre>` or below
`translate="no"` they pass.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from tools.catalogues.source import ROOT, sources

BLOCKS = re.compile(
    r"\{#.*?#\}"
    r"|\{%-?\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}"
    r"|\{%\s*blocktrans(?:late)?\b.*?%\}.*?\{%\s*endblocktrans(?:late)?\s*%\}"
    r"|\{%.*?%\}"
    r"|\{\{.*?\}\}",
    re.DOTALL,
)
SEEN = {"alt", "aria-description", "aria-label", "aria-placeholder", "aria-roledescription", "aria-valuetext"}
SEEN |= {"data-confirm", "data-title", "hx-confirm", "hx-prompt", "label", "placeholder", "title"}
MEANT = {"code", "kbd", "pre", "samp", "script", "style"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# The same in every language: the product, formats of files, protocols.
NAMES = re.compile(
    r"\b(Utfall|API|CNAME|CSS|CSV|DNS|HTML|HTTPS?|ISO|JSON|PDF|PNG|QR|SMTP|SVG|TXT|URL|UTC|XML|ZIP)\b"
)


def untranslated() -> list[str]:
    """Every such text of every template, and where it stands."""
    templates = (path for path in sources() if path.suffix != ".py")
    return [
        f"{path.relative_to(ROOT)}:{line}: {text!r}" for path in templates for line, text in in_template(path)
    ]


def in_template(path: Path) -> Iterator[tuple[int, str]]:
    bare = BLOCKS.sub(lambda found: "\n" * found[0].count("\n"), path.read_text(encoding="utf-8"))
    if path.suffix != ".html":
        yield from ((number, line.strip()) for number, line in enumerate(bare.splitlines(), 1) if says(line))
        return
    reader = Reader()
    reader.feed(bare)
    reader.close()
    yield from reader.found


def says(text: str) -> bool:
    """Whether it has letters beyond such names."""
    return any(letter.isalpha() for letter in NAMES.sub("", text))


class Reader(HTMLParser):
    """Collects text and attributes that people meet. Tags need not balance: a template's branches may not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.meant = ""
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self.meant:
            self.depth += tag == self.meant
        elif tag in MEANT or given.get("translate") == "no":
            self.meant, self.depth = ("", 0) if tag in VOID else (tag, 1)
        else:
            self.attributes(tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if not self.meant and given.get("translate") != "no":
            self.attributes(tag, given)

    def handle_endtag(self, tag: str) -> None:
        self.depth -= bool(self.meant) and tag == self.meant
        if not self.depth:
            self.meant = ""

    def attributes(self, tag: str, given: dict[str, str | None]) -> None:
        seen = (
            SEEN | {"value"}
            if tag == "input" and given.get("type") in {"button", "reset", "submit"}
            else SEEN
        )
        self.tell(*(given.get(name) or "" for name in sorted(seen)))

    def handle_data(self, data: str) -> None:
        if not self.meant:
            self.tell(data)

    def tell(self, *texts: str) -> None:
        self.found += [(self.getpos()[0], " ".join(text.split())) for text in texts if says(text)]
