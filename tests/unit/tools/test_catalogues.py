"""The catalogues hold what the source says, keep what people translated, and their faults are told."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tools.catalogues.faults import of_message
from tools.catalogues.files import merged, text_of
from tools.catalogues.source import String, strings
from tools.catalogues.untranslated import in_template

MODULE = """
from django.utils import translation
from django.utils.translation import gettext_lazy as _, ngettext, pgettext as of

plain = _("one " "string")
inside = f"{_('in a text')}"
several = ngettext("%(n)s click", "%(n)s clicks", 2) % {"n": 2}
menu = of("menu", "Home")
dotted = translation.gettext("dotted")
unknown = translation.gettext(plain)
"""
TEMPLATE = """
{% load i18n %}
    <p title="{% translate "Its 'title'" %}">{% translate "Home" context "menu" %}</p>
  {% blocktranslate trimmed count n=clicks with who=partner.name %}
      One click
      of {{ who }}
    {% plural %}
      {{ n }} clicks of {{ who }}
  {% endblocktranslate %}
{{ _("filtered")|upper }}
"""
READ = """
{% comment %}Not seen{% endcomment %}{# nor this #}
<p>{{ amount }} {% if a == "b" %}{% translate "fine" %}{% endif %} 100 % · Utfall</p>
<p>Loose words</p>
<img alt="A picture"><input type="submit" value="Send"><input value="data" placeholder="{% translate "x" %}">
<code>fine <code>here</code> too</code> <span translate="no">UTC <b>and</b> so on</span> back
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def catalogue(*messages: str | tuple[str, str]) -> Catalog:
    made = Catalog(locale="sv")
    for message in messages:
        made.add(message)
    return made


def test_strings_of_a_module_whatever_it_calls_gettext(tmp_path: Path) -> None:
    assert set(strings(written(tmp_path, "pages.py", MODULE))) == {
        String(5, "one string"),
        String(6, "in a text"),
        String(7, ("%(n)s click", "%(n)s clicks")),
        String(8, "Home", "menu"),
        String(9, "dotted"),
    }


def test_strings_of_a_template(tmp_path: Path) -> None:
    assert list(strings(written(tmp_path, "page.html", TEMPLATE))) == [
        String(3, "Its 'title'"),
        String(3, "Home", "menu"),
        String(4, ("One click of %(who)s", "%(n)s clicks of %(who)s")),
        String(10, "filtered"),
    ]


def test_an_update_keeps_what_is_translated_and_drops_what_is_gone() -> None:
    before = Catalog(locale="sv")
    before.add("kept", "behållen")
    before.add("gone", "borta")
    before.add("doubtful", "tveksam", flags={"fuzzy"})
    text = text_of(merged(before, catalogue("new", "kept", "doubtful")))
    assert (
        text.index('msgid "doubtful"') < text.index('msgid "kept"\nmsgstr "behållen"') < text.index('"new"')
    )
    assert "gone" not in text
    assert text.count("fuzzy") == 1
    assert text == text_of(merged(before, catalogue("doubtful", "kept", "new"))), (
        "the order is the text's own"
    )


@pytest.mark.parametrize(
    ("original", "translation", "fault"),
    [
        ("a word", "", "missing"),
        ("{amount} left", "{belopp} kvar", "placeholders differ"),
        ("%(n)s left", "kvar", "placeholders differ"),
        (("one", "%(n)s left"), ("en", "%(m)s kvar"), "placeholders differ"),
        (("one", "%(n)s left"), ("%(m)s", "%(n)s kvar"), "placeholders of the singular differ"),
        (("one", "%(n)s left"), ("en", ""), "missing"),
    ],
)
def test_a_faulty_translation_is_told(
    original: str | tuple[str, str], translation: str | tuple[str, str], fault: str
) -> None:
    (message,) = (each for each in catalogue(original) if each.id)
    known = Catalog(locale="sv").add(original, translation)
    assert [told.partition(":")[0].partition(",")[0] for told in of_message(message, known)] == [fault]


@pytest.mark.parametrize(
    ("original", "translation"),
    [("100 %% of {x}", "100 %% av {x}"), (("one", "%(n)s left"), ("en", "%(n)s kvar"))],
)
def test_a_sound_translation_has_no_fault(
    original: str | tuple[str, str], translation: str | tuple[str, str]
) -> None:
    (message,) = (each for each in catalogue(original) if each.id)
    assert list(of_message(message, Catalog(locale="sv").add(original, translation))) == []


def test_text_that_no_translation_reaches_is_told_with_its_line(tmp_path: Path) -> None:
    assert list(in_template(written(tmp_path, "page.html", READ))) == [
        (4, "Loose words"),
        (5, "A picture"),
        (5, "Send"),
        (6, "back"),
    ]
