"""What is wrong with the catalogues, a sentence for each fault."""

import re
from collections import defaultdict
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

from tools.catalogues import files
from tools.catalogues.source import ROOT, apps, extract

# %(name)s of Python and templates, {name} of str.format; `%%` is a percent sign and `{{` a bracket.
PLACEHOLDER = re.compile(r"%%|\{\{|%\(\w+\)[a-z]|%[sd]|\{\w*\}")
PERCENT_OR_BRACKET = {"%%", "{{"}
Words = tuple[str, tuple[str, ...], str]


def find() -> Iterator[str]:
    """Every fault of every app in every language, and where apps translate the same words differently."""
    with_strings = set(apps())
    for app in sorted(with_strings):
        strings = extract(app)
        for language in files.LANGUAGES:
            yield from of_catalogue(app, language, strings)
    for app, language, _path in files.all_files():
        if app not in with_strings or language not in files.LANGUAGES:
            yield f"{app} {language}: obsolete, the app has no such catalogue"
    yield from at_odds()


def of_catalogue(app: str, language: str, strings: Catalog) -> Iterator[str]:
    path = files.path_of(app, language)
    if not path.is_file():
        yield f"{app} {language}: missing, run `make words` and translate {path.relative_to(ROOT)}"
        return
    catalogue = files.read(path, language)
    for message in strings:
        if message.id:
            known = catalogue.get(message.id, message.context)
            yield from (f"{app} {language}: {fault}" for fault in of_message(message, known))
    for known in catalogue:
        if known.id and not strings.get(known.id, known.context):
            yield f"{app} {language}: obsolete: {shown(known)}"


def of_message(message: Message, known: Message | None) -> Iterator[str]:
    """What is wrong with the translation of one string."""
    if known is None or not is_complete(known):
        yield f"missing: {shown(message)} ({', '.join(f'{path}:{line}' for path, line in message.locations)})"
    elif known.fuzzy:
        yield f"fuzzy: {shown(message)}"
    else:
        yield from (f"{fault}: {shown(message)}" for fault in at_odds_with(message, known))


def is_complete(known: Message) -> bool:
    """Whether every form is translated."""
    expected = 1 if isinstance(known.id, str) else 2
    texts = forms(known.string)
    return len(texts) == expected and all(text.strip() for text in texts)


def forms(text: object) -> list[str]:
    """A text, or each form of one with a plural."""
    return [str(each) for each in text] if isinstance(text, tuple | list) else [str(text or "")]


def at_odds_with(message: Message, known: Message) -> Iterator[str]:
    """Placeholders that differ. A singular may leave the number out, and so may its translation."""
    originals, translated = forms(message.id), forms(known.string)
    if len(originals) != len(translated):
        yield "a plural on one side only"
    elif placeholders(originals[-1]) != placeholders(translated[-1]):
        yield f"placeholders differ, {said(originals[-1])} became {said(translated[-1])}"
    elif not placeholders(translated[0]) <= placeholders(originals[-1]) | placeholders(originals[0]):
        yield f"placeholders of the singular differ, {said(originals[0])} became {said(translated[0])}"
    for original, text in zip(originals, translated, strict=False):
        if original.startswith("\n") != text.startswith("\n") or original.endswith("\n") != text.endswith(
            "\n"
        ):
            yield "line breaks at the ends differ"


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text)) - PERCENT_OR_BRACKET


def said(text: str) -> str:
    return " ".join(sorted(placeholders(text))) or "none"


def at_odds() -> Iterator[str]:
    """Django merges the catalogues of all apps: of two translations of one string, one would silently win."""
    heard: dict[Words, dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for app, language, path in files.all_files():
        for message in files.read(path, language):
            if message.id and is_complete(message):
                words = (language, tuple(forms(message.id)), message.context or "")
                heard[words][tuple(forms(message.string))].append(app)
    for (language, original, _context), answers in sorted(heard.items()):
        if len(answers) > 1:
            each = " but ".join(f"{text[0]!r} in {', '.join(names)}" for text, names in answers.items())
            yield f"{language}: {original[0]!r} is {each}; agree, or give one of them a context"


def shown(message: Message) -> str:
    words = " / ".join(repr(form) for form in forms(message.id))
    return f"{words} in the context {message.context!r}" if message.context else words
