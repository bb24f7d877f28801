"""Words of this app: kinds of creatives, languages, what became of one."""

from typing import Final

from babel import Locale
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words
from utfall.portal.creatives.contracts import CreativeView, Kind

LANGUAGES: Final = (
    *("sv", "nb", "nn", "da", "fi", "is", "en", "de", "nl", "fr", "es", "pt", "it", "pl", "cs", "sk", "hu"),
    *("et", "lv", "lt", "uk", "ru", "tr", "ar", "so", "fa", "zh"),
)
"""Languages that creatives are in, as ISO 639-1 names them; the North's first."""

KINDS: Final[dict[Kind, Words]] = {
    Kind.IMAGE: _("Image"),
    Kind.HTML5: _("HTML5"),
    Kind.TEXT: _("Text"),
    Kind.NATIVE: _("Native ad"),
    Kind.VIDEO: _("Video"),
}
KIND_ICONS: Final[dict[Kind, str]] = {
    Kind.IMAGE: "photo",
    Kind.HTML5: "brand-html5",
    Kind.TEXT: "text-caption",
    Kind.NATIVE: "layout-cards",
    Kind.VIDEO: "video",
}


def language_words(code: str) -> str:
    """A language's name in the reader's own, with a capital as names in lists have."""
    if not code:
        return ""
    told = Locale.parse(code).get_display_name((translation.get_language() or "en").replace("-", "_"))
    return told[:1].upper() + told[1:] if told else code


def language_choices() -> list[tuple[str, str]]:
    """Every language by its name."""
    return [(code, language_words(code)) for code in LANGUAGES]


def shown_state(view: CreativeView) -> str:
    """The state as `look` knows it: an approved one may be over, or yet to come."""
    if view.state == "approved" and view.is_over:
        return "expired"
    if view.state == "approved" and view.is_coming:
        return "scheduled"
    return view.state.value
