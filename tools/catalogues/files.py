"""The catalogues as files: sorted, without places or dates, so that a diff shows what changed and no more."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.catalogues.source import PORTAL

LANGUAGES = ("sv", "nb")
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def path_of(app: str, language: str) -> Path:
    return PORTAL / app / "locale" / language / "LC_MESSAGES" / "django.po"


def all_files() -> Iterator[tuple[str, str, Path]]:
    """Every catalogue there is, as (app, language, path)."""
    for path in sorted(PORTAL.glob("*/locale/*/LC_MESSAGES/django.po")):
        yield path.relative_to(PORTAL).parts[0], path.parents[1].name, path


def read(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def update(app: str, language: str, strings: Catalog) -> Catalog:
    """Write the app's catalogue with exactly these strings, keeping what is translated."""
    path = path_of(app, language)
    before = read(path, language) if path.is_file() else Catalog(locale=language)
    after = merged(before, strings)
    write(path, text_of(after).encode())
    return after


def merged(before: Catalog, strings: Catalog) -> Catalog:
    """These strings, with their translations where there are any."""
    after = Catalog(locale=before.locale)
    for message in strings:
        if not message.id:
            continue
        known = before.get(message.id, message.context)
        if known and fits(known.string, message.id):
            flags = known.flags & {"fuzzy"}
            after.add(message.id, known.string, flags=flags, context=message.context)
        else:
            after.add(message.id, context=message.context)
    return after


def text_of(catalogue: Catalog) -> str:
    text = io.BytesIO()
    write_po(text, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    body = text.getvalue().decode("utf-8").strip("\n")
    return HEADER.format(language=catalogue.locale) + (f"\n{body}\n" if body else "")


def fits(translation: object, message: object) -> bool:
    """Whether a translation has the shape of the message: one text, or one for each form."""
    return isinstance(translation, str) == isinstance(message, str)


def compile_all() -> None:
    """Write the `.mo` beside every catalogue."""
    for _app, language, path in all_files():
        compiled = io.BytesIO()
        write_mo(compiled, read(path, language))
        write(path.with_suffix(".mo"), compiled.getvalue())


def write(path: Path, content: bytes) -> None:
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
