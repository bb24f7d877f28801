"""What publishers tell of themselves: a profile, and the properties they promote on."""

from secrets import token_hex
from typing import Final
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission, Problem, Refused, refuse
from utfall.portal.partners.contracts import ProfileView, PropertyDraft, PropertyKind, PropertyView
from utfall.portal.partners.models import Profile, Property
from utfall.portal.people import facade as people
from utfall.portal.programs.words import CATEGORIES
from utfall.terms import PromotionType

MOST: Final = 200
LANGUAGES: Final = ("sv", "nb", "da", "fi", "is", "en", "de", "nl", "fr", "es", "pl", "et")
"""Languages in which publishers write, as a profile offers them."""


def profile(caller: Caller, publisher: int) -> ProfileView:
    """A publisher's profile: its own, a listed one, or an empty one."""
    caller.require(Permission.LOOK)
    row = Profile.objects.seen_by(caller).filter(publisher=publisher).first()
    if row is None:
        return ProfileView(publisher=publisher, listed=False)
    return profile_view(row)


def profile_view(row: Profile) -> ProfileView:
    """A row as others may know it."""
    return ProfileView(
        publisher=row.publisher,
        headline=row.headline,
        description=row.description,
        countries=tuple(row.countries),
        languages=tuple(row.languages),
        categories=tuple(row.categories),
        monthly_visitors=row.monthly_visitors,
        listed=row.listed,
    )


def set_profile(caller: Caller, wanted: ProfileView) -> ProfileView:
    """Change the caller's own profile."""
    caller.require(Permission.MANAGE)
    publisher = caller.publisher(wanted.publisher)
    if problems := _profile_problems(wanted):
        raise Refused(problems)
    Profile.objects.system().update_or_create(
        publisher=publisher,
        defaults={
            "headline": wanted.headline.strip()[:160],
            "description": wanted.description.strip(),
            "countries": list(wanted.countries),
            "languages": list(wanted.languages),
            "categories": list(wanted.categories),
            "monthly_visitors": wanted.monthly_visitors,
            "listed": wanted.listed,
        },
    )
    return profile(caller, publisher)


def _profile_problems(wanted: ProfileView) -> list[Problem]:
    problems = []
    if len(wanted.headline.strip()) > 160:
        problems.append(Problem("headline_too_long", _("Keep it within 160 characters."), "headline"))
    if len(wanted.description) > 4000:
        sentence = _("Please write less than 4000 characters.")
        problems.append(Problem("description_too_long", sentence, "description"))
    known = {code for code, _name in people.countries()}
    if set(wanted.countries) - known:
        sentence = _("Countries are two letters each, for example SE, NO.")
        problems.append(Problem("country_unknown", sentence, "countries"))
    if set(wanted.languages) - set(LANGUAGES):
        problems.append(Problem("language_unknown", _("Choose languages from the list."), "languages"))
    if set(wanted.categories) - set(CATEGORIES):
        problems.append(Problem("category_unknown", _("Choose categories from the list."), "categories"))
    if wanted.monthly_visitors is not None and not 0 <= wanted.monthly_visitors <= 10**12:
        problems.append(Problem("visitors_unfit", _("Visitors are a number of people."), "monthly_visitors"))
    return problems


def completeness(caller: Caller) -> list[tuple[str, bool]]:
    """What a good profile has, and whether the caller's own has it, in the order in which it is mended."""
    own = profile(caller, caller.publisher())
    owned = properties(caller)
    return [
        ("headline", bool(own.headline)),
        ("description", len(own.description) >= 80),
        ("audience", bool(own.countries and own.languages and own.monthly_visitors)),
        ("categories", bool(own.categories)),
        ("property", bool(owned)),
        ("verified", any(one.verified_at for one in owned)),
        ("listed", own.listed),
    ]


def properties(caller: Caller, publisher: int | None = None, *, archived: bool = False) -> list[PropertyView]:
    """The properties of a publisher's that the caller may see: its own."""
    caller.require(Permission.LOOK)
    rows = Property.objects.of(caller).filter(archived_at__isnull=not archived)
    if publisher is not None:
        rows = rows.filter(publisher=publisher)
    return [property_view(row) for row in rows.order_by("name", "pk")]


def own_property(caller: Caller, number: int) -> PropertyView:
    """One property of the caller's, or NotFound."""
    caller.require(Permission.LOOK)
    return property_view(Property.objects.one(caller, pk=number))


def add_property(caller: Caller, draft: PropertyDraft, publisher: int | None = None) -> PropertyView:
    """Add a site, app, channel or list."""
    caller.require(Permission.MANAGE)
    owner = caller.publisher(publisher)
    _check(draft)
    with transaction.atomic():
        if Property.objects.system().filter(publisher=owner, archived_at__isnull=True).count() >= MOST:
            refuse("too_many_properties", _("There are at most %(most)s properties.") % {"most": MOST})
        row = Property(publisher=owner, token=token_hex(16))
        _fill(row, draft)
    return property_view(row)


def change_property(caller: Caller, number: int, draft: PropertyDraft) -> PropertyView:
    """Change what a property says; another address has to be verified anew."""
    caller.require(Permission.MANAGE)
    _check(draft)
    row = Property.objects.one(caller, pk=number)
    caller.publisher(row.publisher)
    if row.url != draft.url.strip():
        row.verified_at, row.problem, row.token = None, "", token_hex(16)
    _fill(row, draft)
    return property_view(row)


def archive_property(caller: Caller, number: int, *, restore: bool = False) -> PropertyView:
    """Put a property away, or take it out again; links on it go on."""
    caller.require(Permission.MANAGE)
    row = Property.objects.one(caller, pk=number)
    caller.publisher(row.publisher)
    row.archived_at = None if restore else timezone.now()
    row.save(update_fields=["archived_at"])
    return property_view(row)


def property_view(row: Property) -> PropertyView:
    """A row as others may know it."""
    return PropertyView(
        id=row.pk,
        publisher=row.publisher,
        kind=PropertyKind(row.kind),
        name=row.name,
        url=row.url,
        promotion_type=row.promotion_type,
        audience=row.audience,
        verified_at=row.verified_at,
        archived_at=row.archived_at,
        token=row.token,
        work=row.work,
        checked_at=row.checked_at,
        problem=row.problem,
    )


def _fill(row: Property, draft: PropertyDraft) -> None:
    row.kind, row.name, row.url = draft.kind.value, draft.name.strip(), draft.url.strip()
    row.promotion_type, row.audience = draft.promotion_type, dict(draft.audience)
    row.save()


def _check(draft: PropertyDraft) -> None:
    problems = []
    if not 0 < len(draft.name.strip()) <= 120:
        problems.append(Problem("name_missing", _("Give it a name of at most 120 characters."), "name"))
    if draft.promotion_type not in set(PromotionType):
        problems.append(Problem("promotion_type_missing", _("Say how you promote there."), "promotion_type"))
    if draft.url and not _is_address(draft.url.strip()):
        problems.append(Problem("url_unfit", _("Write a whole address, such as https://example.com."), "url"))
    if problems:
        raise Refused(problems)


def _is_address(url: str) -> bool:
    """Whether it is a whole address of something on the web."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    named = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
    return named and len(url) <= 500 and url.isprintable() and " " not in url
