"""What people may call themselves: names, addresses, countries, passwords; all that is wrong, at once."""

from functools import cache
from typing import Final
from urllib.parse import urlsplit

from babel import Locale
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Kind, Problem, Refused
from utfall.portal.people.contracts import Account, Newcomer
from utfall.portal.people.models import User
from utfall.terms import PromotionType

LONGEST_NAME: Final = 120
NORDIC: Final = ("SE", "NO", "DK", "FI", "IS")


@cache
def _countries_in(language: str) -> tuple[tuple[str, str], ...]:
    """ISO 3166 codes and their names in a language: the Nordic ones first, then by name."""
    locale = Locale.parse({"nb": "nb_NO", "sv": "sv_SE"}.get(language, "en_GB"))
    names = {code: name for code, name in locale.territories.items() if len(code) == 2 and code.isalpha()}
    for none in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "DG", "EA", "IC", "TA", "CQ"):
        names.pop(none, None)
    rest = sorted((code for code in names if code not in NORDIC), key=lambda code: names[code].casefold())
    return tuple((code, names[code]) for code in (*NORDIC, *rest))


def countries() -> tuple[tuple[str, str], ...]:
    """Countries to choose from, in the language of the page."""
    return _countries_in(get_language() or "en")


def website_of(text: str) -> str:
    """A website as people type it (`acme.se`) with its scheme."""
    text = text.strip()
    return text if not text or "://" in text else f"https://{text}"


def website_problems(website: str, *, required: bool = True) -> list[Problem]:
    """What is wrong with a website."""
    if not website:
        return [Problem("website_missing", _("Say where your website is."), "website")] if required else []
    try:
        parts = urlsplit(website)
        host = parts.hostname or ""
    except ValueError:
        host, parts = "", urlsplit("")
    good = parts.scheme in ("http", "https") and "." in host and " " not in website and len(website) <= 300
    return [] if good else [Problem("website_malformed", _("Write it like https://example.com."), "website")]


def newcomer_problems(newcomer: Newcomer, *, website_required: bool = True) -> list[Problem]:
    """All that is wrong with an organisation."""
    found = name_problems(newcomer.name)
    found += website_problems(website_of(newcomer.website), required=website_required)
    if newcomer.country and newcomer.country not in dict(_countries_in("en")):
        found.append(Problem("country_unknown", _("Choose a country of the list."), "country"))
    if newcomer.kind is Kind.PUBLISHER and newcomer.promotion_type not in list(PromotionType):
        found.append(Problem("promotion_unknown", _("Choose how you promote."), "promotion_type"))
    return found


def name_problems(name: str) -> list[Problem]:
    """What is wrong with an organisation's name."""
    if 2 <= len(name.strip()) <= LONGEST_NAME and name.isprintable():
        return []
    return [Problem("name_malformed", _("A name has 2 to 120 characters."), "name")]


def account_problems(account: Account) -> list[Problem]:
    """All that is wrong with a new person's account."""
    found = email_problems(account.email)
    if len(account.name) > LONGEST_NAME or not account.name.isprintable():
        found.append(Problem("person_malformed", _("A name has at most 120 characters."), "person"))
    try:
        validate_password(account.password or "", User(email=account.email, name=account.name))
    except ValidationError as error:
        found += [Problem("password_weak", sentence, "password") for sentence in error.messages]
    return found


def email_problems(email: str, field: str = "email") -> list[Problem]:
    """What is wrong with an address of e-mail."""
    try:
        validate_email(email)
    except ValidationError:
        return [Problem("email_malformed", _("Write an e-mail address, like name@example.com."), field)]
    return []


def refuse_if(problems: list[Problem]) -> None:
    """Refuse when anything is wrong."""
    if problems:
        raise Refused(problems)
