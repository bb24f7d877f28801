"""From rows to what crosses the border."""

from utfall.portal.access import Kind, Permission, Role
from utfall.portal.people.contracts import Invited, Key, MandateView, OrganisationView, Party
from utfall.portal.people.models import ApiKey, Invitation, Mandate, Organisation


def party_of(row: Organisation) -> Party:
    """Who it is."""
    return Party(
        kind=Kind(row.kind),
        number=row.number,
        name=row.name,
        slug=row.slug,
        state=row.state,
        website=row.website,
        country=row.country,
        contact_email=row.contact_email,
        promotion_type=row.promotion_type,
    )


def organisation_of(row: Organisation, members: int = 0) -> OrganisationView:
    """All of it, for its own people and the operator."""
    return OrganisationView(
        id=row.pk,
        kind=Kind(row.kind),
        number=row.number,
        name=row.name,
        slug=row.slug,
        state=row.state,
        note=row.note,
        website=row.website,
        country=row.country,
        registration=row.registration,
        contact_email=row.contact_email,
        promotion_type=row.promotion_type,
        second_factor=row.second_factor,
        approves_sign_ups=row.approves_sign_ups,
        accepts_pixel=row.accepts_pixel,
        has_postback_secret=bool(row.postback_digest),
        created_at=row.created_at,
        members=members,
    )


def key_of(row: ApiKey) -> Key:
    """A key without its secret."""
    return Key(
        id=row.pk,
        name=row.name,
        prefix=row.prefix,
        role=Role(row.role),
        scopes=tuple(Permission(scope) for scope in row.scopes),
        created_at=row.created_at,
        created_by="" if row.created_by is None else str(row.created_by),
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
        successor=row.successor_id,
    )


def invited_of(row: Invitation) -> Invited:
    """An invitation in the list of its organisation."""
    return Invited(
        id=row.pk,
        email=row.email,
        role=Role(row.role),
        invited_by="" if row.invited_by is None else str(row.invited_by),
        created_at=row.created_at,
        expires_at=row.expires_at,
        accepted_at=row.accepted_at,
    )


def mandate_of(row: Mandate) -> MandateView:
    """A mandate, as both its sides see it."""
    return MandateView(
        id=row.pk,
        agency=row.agency.name,
        agency_slug=row.agency.slug,
        advertiser=row.advertiser.number,
        advertiser_name=row.advertiser.name,
        advertiser_slug=row.advertiser.slug,
        asked_at=row.asked_at,
        granted_at=row.granted_at,
        ended_at=row.ended_at,
        letters=row.letters,
    )
