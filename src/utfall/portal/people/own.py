"""An organisation's own affairs: what it says of itself, what it asks of its people, its secret, its end."""

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Final

from django.db import transaction
from django.utils import timezone

from utfall.portal.access import Caller, Kind, Permission, Problem
from utfall.portal.people.callers import digest_of
from utfall.portal.people.changes import record, terms_changed
from utfall.portal.people.checks import (
    email_problems,
    name_problems,
    newcomer_problems,
    refuse_if,
    website_of,
)
from utfall.portal.people.contracts import Newcomer, OrganisationView
from utfall.portal.people.models import ApiKey, Invitation, Mandate, Organisation
from utfall.portal.people.numbers import NUMBERED
from utfall.portal.people.shown import organisation_of
from utfall.portal.people.within import advertiser_of, target


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What an organisation can change about itself; None leaves it as it is."""

    name: str | None = None
    website: str | None = None
    country: str | None = None
    registration: str | None = None
    contact_email: str | None = None
    promotion_type: str | None = None


PARTICULARS: Final = tuple(Particulars.__dataclass_fields__)
SEALED: Final = frozenset({"name", "promotion_type"})
"""What the terms hold of a party."""


def change_organisation(
    caller: Caller, wanted: Particulars, *, why: str = "", organisation: int | None = None
) -> OrganisationView:
    """Change what an organisation says of itself."""
    caller.require(Permission.MANAGE)
    with transaction.atomic():
        row = target(caller, organisation)
        changes = _changes(row, wanted)
        refuse_if(_problems(row, changes))
        before = {name: getattr(row, name) for name in changes}
        _write(row, changes)
        if changes:
            record(
                caller, "organisation.changed", _subject(row), before=before, after=changes, why=why, of=row
            )
        if SEALED & set(changes) and Kind(row.kind) in NUMBERED:
            terms_changed()
    return organisation_of(row)


def require_second_factor(caller: Caller, of_whom: str) -> OrganisationView:
    """Ask a second factor of nobody, of those who see to money, or of everybody."""
    caller.require(Permission.PEOPLE)
    with transaction.atomic():
        row = target(caller, None)
        if of_whom not in Organisation.SecondFactor.values:
            refuse_if([Problem("choice_unknown", "nobody, money, everyone", "second_factor")])
        before = row.second_factor
        _write(row, {"second_factor": of_whom})
        if before != of_whom:
            told = {"second_factor": before}, {"second_factor": of_whom}
            record(caller, "organisation.second_factor", _subject(row), before=told[0], after=told[1])
    return organisation_of(row)


def renew_postback_secret(caller: Caller, advertiser: int | None = None) -> str:
    """A new secret that an advertiser's postbacks must carry; the one before is void. Shown once."""
    caller.require(Permission.TRACK)
    secret = token_urlsafe(24)
    with transaction.atomic():
        row = advertiser_of(caller, advertiser)
        _write(row, {"postback_digest": digest_of(secret)})
        record(caller, "organisation.postback_secret", _subject(row), after={"renewed": True}, of=row)
        terms_changed()
    return secret


def accept_pixel(caller: Caller, accepts: bool, advertiser: int | None = None) -> None:
    """Whether browsers may tell of an advertiser's orders, though what they tell is easily forged."""
    caller.require(Permission.TRACK)
    with transaction.atomic():
        row = advertiser_of(caller, advertiser)
        before = row.accepts_pixel
        if before != accepts:
            _write(row, {"accepts_pixel": accepts})
            told = {"accepts_pixel": before}, {"accepts_pixel": accepts}
            record(caller, "organisation.pixel", _subject(row), before=told[0], after=told[1], of=row)
            terms_changed()


def tracking_of(caller: Caller, advertiser: int | None = None) -> OrganisationView:
    """The advertiser as its tracking set-up needs it: whether it has a secret and accepts the pixel."""
    caller.require(Permission.LOOK)
    return organisation_of(advertiser_of(caller, advertiser))


def close_organisation(caller: Caller, why: str = "") -> None:
    """Close it for good: keys stop, invitations and mandates end, nobody acts for it any more.

    Its number and its name stay in what was agreed and settled. Only the operator can open it again.
    """
    caller.require(Permission.PEOPLE)
    now = timezone.now()
    with transaction.atomic():
        row = target(caller, None)
        before = row.state
        _write(row, {"state": Organisation.State.CLOSED.value})
        record(caller, "organisation.closed", _subject(row), before={"state": before}, why=why)
        own = {"organisation_id": row.pk}
        ApiKey.objects.of(caller).filter(**own, revoked_at=None).update(revoked_at=now)
        Invitation.objects.of(caller).filter(**own, accepted_at=None, withdrawn_at=None).update(
            withdrawn_at=now
        )
        Mandate.objects.of(caller).filter(agency=row, ended_at=None).update(ended_at=now)
        Mandate.objects.of(caller).filter(advertiser=row, ended_at=None).update(ended_at=now)
        terms_changed()


def _changes(row: Organisation, wanted: Particulars) -> dict[str, str]:
    given = {name: value for name in PARTICULARS if (value := getattr(wanted, name)) is not None}
    if "website" in given:
        given["website"] = website_of(given["website"])
    if row.kind != Kind.PUBLISHER:
        given.pop("promotion_type", None)
    stripped = {name: value.strip() for name, value in given.items()}
    return {name: value for name, value in stripped.items() if value != getattr(row, name)}


def _problems(row: Organisation, changes: dict[str, str]) -> list[Problem]:
    def after(name: str) -> str:
        return changes.get(name, str(getattr(row, name)))

    newcomer = Newcomer(
        kind=Kind(row.kind),
        name=after("name"),
        website=after("website"),
        country=after("country"),
        promotion_type=after("promotion_type"),
    )
    blamed = [one for one in newcomer_problems(newcomer, website_required=False) if one.field in changes]
    if changes.get("contact_email"):
        blamed += email_problems(changes["contact_email"], "contact_email")
    return blamed + ([] if len(after("registration")) <= 40 else name_problems(""))


def _write(row: Organisation, changes: Mapping[str, object]) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    if changes:
        row.save(update_fields=list(changes))


def _subject(row: Organisation) -> str:
    return f"organisation:{row.pk}"
