"""Parties and keys as the sealed terms hold them, and those of a program file as organisations."""

from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from utfall.portal.access import Kind, Permission, Role
from utfall.portal.people.contracts import Newcomer
from utfall.portal.people.models import ApiKey, Organisation
from utfall.portal.people.sign_up import found
from utfall.terms import Advertiser, Market, PromotionType, Publisher
from utfall.terms import ApiKey as SealedKey


def sealed_advertisers() -> tuple[Advertiser, ...]:
    """Every advertiser, also those that are shut: what was agreed with them still names them."""
    return tuple(
        Advertiser(
            id=row.number,
            name=row.name,
            postback_digest=row.postback_digest or None,
            accepts_pixel=row.accepts_pixel,
        )
        for row in _rows(Kind.ADVERTISER)
    )


def sealed_publishers() -> tuple[Publisher, ...]:
    """Every publisher, also those that are shut."""
    return tuple(
        Publisher(
            id=row.number,
            name=row.name,
            promotion_type=PromotionType(row.promotion_type or PromotionType.CONTENT),
        )
        for row in _rows(Kind.PUBLISHER)
    )


def sealed_keys() -> tuple[SealedKey, ...]:
    """The keys that send events to the edge, of organisations that may do business; sorted by digest."""
    rows = ApiKey.objects.system().select_related("organisation").filter(revoked_at=None)
    rows = rows.exclude(expires_at__lte=timezone.now()).exclude(organisation__state__in=Organisation.SHUT)
    working = rows.filter(organisation__kind__in=[Kind.ADVERTISER.value, Kind.PUBLISHER.value])
    return tuple(_key(row) for row in working.order_by("digest") if Permission.EVENTS.value in row.scopes)


def adopt(market: Market) -> None:
    """Create the organisations and keys of a program file that are not there yet; numbers are kept."""
    with transaction.atomic():
        for advertiser in market.advertisers:
            row = _adopt(Kind.ADVERTISER, advertiser.id, advertiser.name)
            if row is not None:
                row.postback_digest = advertiser.postback_digest or ""
                row.accepts_pixel = advertiser.accepts_pixel
                row.save(update_fields=["postback_digest", "accepts_pixel"])
        for publisher in market.publishers:
            _adopt(Kind.PUBLISHER, publisher.id, publisher.name, publisher.promotion_type.value)
        for key in market.keys:
            _adopt_key(key)


def _rows(kind: Kind) -> list[Organisation]:
    return list(Organisation.objects.system().filter(kind=kind.value, number__gt=0).order_by("number"))


def _adopt(kind: Kind, number: int, name: str, promotion_type: str = "") -> Organisation | None:
    """The new organisation; None where the number is taken already."""
    if Organisation.objects.system().filter(kind=kind.value, number=number).exists():
        return None
    newcomer = Newcomer(kind=kind, name=name, promotion_type=promotion_type)
    return found(newcomer, Organisation.State.ACTIVE, number)


def _adopt_key(key: SealedKey) -> None:
    kind = Kind.ADVERTISER if key.publisher is None else Kind.PUBLISHER
    number = key.advertiser if key.publisher is None else key.publisher
    if ApiKey.objects.system().filter(digest=key.digest).exists():
        return
    ApiKey.objects.system().create(
        organisation=Organisation.objects.system().get(kind=kind.value, number=number or 0),
        name=key.name,
        digest=key.digest,
        role=Role.DEVELOPER.value,
        scopes=[Permission.EVENTS.value],
        expires_at=None if key.expires_at is None else datetime.fromtimestamp(key.expires_at / 1000, UTC),
    )


def _key(row: ApiKey) -> SealedKey:
    number, kind = row.organisation.number, Kind(row.organisation.kind)
    return SealedKey(
        digest=row.digest,
        name=row.name,
        advertiser=number if kind is Kind.ADVERTISER else None,
        publisher=number if kind is Kind.PUBLISHER else None,
        expires_at=None if row.expires_at is None else round(row.expires_at.timestamp() * 1000),
    )
