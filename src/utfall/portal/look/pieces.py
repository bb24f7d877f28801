"""Small pieces of a page: icons, addresses, cards, empty places, avatars, definitions, code, differences."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, Final

from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from utfall.portal.access import Caller, Permission
from utfall.portal.access.errors import Words
from utfall.portal.look.formats import money, share
from utfall.portal.look.library import register

TINTS: Final = 6
LANGUAGE_NAMES: Final = {"en": "English", "sv": "Svenska", "nb": "Norsk"}
"""Each in its own language: who looks for it may not read this one."""


@register.simple_tag(takes_context=True)
def to(context: Context, page: str, **kwargs: Any) -> str:
    """The address of a page within the caller's organisation: `{% to "programs:program" program=7 %}`."""
    return reverse(page, kwargs={"org": context["caller"].slug, **kwargs})


@register.filter
def may(caller: Caller | None, permission: str) -> bool:
    """Whether the caller's role allows something: `{% if caller|may:"manage" %}`."""
    return caller is not None and caller.may(Permission(permission))


@register.simple_tag
def icon(name: str, words: Words = "") -> SafeString:
    """An icon of the sprite; hidden from screen readers unless it has words."""
    if words:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            *(words, static("vendor/icons.svg"), name),
        )
    return _silent_icon(name)


@lru_cache(maxsize=512)
def _silent_icon(name: str) -> SafeString:
    """An icon without words, of which a page has dozens."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>',
        *(static("vendor/icons.svg"), name),
    )


@register.simple_tag
def language_name(code: str) -> str:
    """A language by its own name."""
    return LANGUAGE_NAMES.get(code, code)


@register.simple_tag
def avatar(named: object, *, square: bool = False, small: bool = False) -> SafeString:
    """Initials on a tint of their own: round for people, square for organisations."""
    name = str(named)
    classes = "".join((" avatar-square" if square else "", " avatar-small" if small else ""))
    tint = sum(name.encode()) % TINTS
    return format_html(
        '<span class="initials tint-{}{}" aria-hidden="true">{}</span>', tint, classes, initials(name)
    )


def initials(name: str) -> str:
    """
    >>> initials("Åsa Lindqvist-Berg"), initials("fjällbutiken"), initials("kim@shop.example"), initials("")
    ('ÅL', 'FJ', 'KI', '?')
    """
    words = name.partition("@")[0].replace(".", " ").split()
    if not words:
        return "?"
    return (words[0][:2] if len(words) == 1 else words[0][0] + words[1][0]).upper()


@register.simple_block_tag
def card(
    content: SafeString, title: Words = "", subtitle: Words = "", icon: str = "", flush: bool = False
) -> str:
    """A card around a body: `{% card title=title %}…{% endcard %}`; `flush` for what touches its edge."""
    return render_to_string(
        "look/parts/card.html",
        {"content": content, "title": title, "subtitle": subtitle, "icon": icon, "flush": flush},
    )


@register.simple_block_tag
def empty(content: SafeString, title: Words, icon: str = "inbox", text: Words = "") -> str:
    """An empty place says why it is empty and offers one thing to do: its body is that action."""
    return render_to_string(
        "look/parts/empty.html",
        {"content": content.strip() and content, "title": title, "icon": icon, "text": text},
    )


@register.simple_block_tag
def hint(content: SafeString, tone: str = "news", title: Words = "") -> str:
    """A remark in the page, in a tone: `{% hint "warn" title=_("Not sealed yet") %}…{% endhint %}`."""
    return render_to_string("look/parts/hint.html", {"content": content, "tone": tone, "title": title})


@register.simple_tag
def term(word: Words, meaning: Words) -> SafeString:
    """A word of the trade with its meaning for whoever points at it or comes to it by keyboard."""
    return format_html(
        '<button type="button" class="term" data-bs-toggle="tooltip" data-bs-title="{}" '
        'aria-label="{}: {}">{}</button>',
        *(meaning, word, meaning, word),
    )


@register.inclusion_tag("look/parts/code.html")
def code(text: str, language: str = "", name: str = "") -> dict[str, Any]:
    """A block of code with its language and a button that copies it."""
    return {"text": text, "language": language, "name": name}


@register.inclusion_tag("look/parts/copy.html")
def copyable(text: str, words: Words = "", shown: str = "") -> dict[str, Any]:
    """A short text (an address, a key) in one line, with a button that copies it; `shown` as it is read."""
    return {"text": text, "words": words, "shown": shown}


@register.inclusion_tag("look/parts/steps.html")
def steps(items: Sequence[Any], current: int) -> dict[str, Any]:
    """The steps of a wizard, one of which (from 1) is open. An item is words, or (words, address)."""
    told = []
    for place, item in enumerate(items, 1):
        words, url = item if isinstance(item, tuple) else (item, "")
        state = "done" if place < current else "current" if place == current else "ahead"
        told.append({"words": words, "url": url, "state": state, "place": place})
    return {"steps": told}


@register.inclusion_tag("look/parts/tabs.html")
def tabs(items: Sequence[Sequence[Any]], label: Words = "") -> dict[str, Any]:
    """Tabs that are links: items of (address, words, whether current) and maybe a count."""
    names = ("url", "words", "current", "count")
    return {"tabs": [dict(zip(names, item, strict=False)) for item in items], "label": label}


@register.inclusion_tag("look/parts/timeline.html")
def timeline(entries: Sequence[Any]) -> dict[str, Any]:
    """What happened, newest first: entries with `when`, `words`, and maybe `who`, `icon`, `detail`, `url`."""
    return {"entries": entries}


@register.inclusion_tag("look/parts/progress.html")
def progress(task: Any, url: str) -> dict[str, Any]:
    """A task that runs: `url` answers with this same tag, twice a second, until the task is over."""
    done, total = getattr(task, "done", 0) or 0, getattr(task, "total", 0) or 0
    over = str(task.state) in ("done", "failed", "cancelled")
    percent = 100 if over else min(99, done * 100 // total) if total else None
    return {
        "task": task,
        "url": url,
        "over": over,
        "percent": percent,
        "told": "" if percent is None else share(percent * 10_000),
        "state": str(task.state),
    }


@register.inclusion_tag("look/parts/diff.html")
def diff(
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    names: Mapping[str, Words] | None = None,
) -> dict[str, Any]:
    """What changed between two states, a line for each difference, under the names people know."""
    one, other = before or {}, after or {}
    keys = [key for key in {**one, **other} if one.get(key) != other.get(key)]
    shown = [
        {"name": (names or {}).get(key, key), "before": _said(one.get(key)), "after": _said(other.get(key))}
        for key in keys
    ]
    return {"rows": shown}


def _said(value: Any) -> Any:
    """An amount as money; everything else as it is."""
    if isinstance(value, Mapping) and value.keys() == {"micros", "currency"}:
        return money(value["micros"], value["currency"])
    return value


@register.simple_tag
def text_diff(before: str, after: str) -> SafeString:
    """Two versions of a text as one, with what went struck out and what came marked."""
    old, new = before.split(" "), after.split(" ")
    parts = []
    for kind, one, two, three, four in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(format_html("{}", " ".join(old[one:two])))
            continue
        if two > one:
            parts.append(format_html("<del>{}</del>", " ".join(old[one:two])))
        if four > three:
            parts.append(format_html("<ins>{}</ins>", " ".join(new[three:four])))
    return format_html('<div class="text-diff">{}</div>', mark_safe(" ".join(parts)))  # escaped above
