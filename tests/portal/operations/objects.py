"""An announcement, which everybody may know, and that the side's advertiser was looked at."""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from utfall.portal.access import Role
from utfall.portal.operations import facade
from utfall.portal.operations.contracts import AnnouncementDraft, Audience, Level


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """Each side's advertiser is looked at, and no more when the other one is."""
    operator = market.operator.caller()
    facade.end_looking(operator)
    session = SessionStore()
    session.create()
    looked = facade.look_as(
        operator,
        side.advertiser.organisation,
        role=Role.VIEWER,
        why=f"{side.advertiser.name} asked us to look",
        session=session.session_key,
    )
    return {"impersonation": looked.id, "announcement": _announced(market)}


def _announced(market: TwoTenants) -> int:
    operator = market.operator.caller()
    for one in facade.announcements(operator).items:
        return one.id
    draft = AnnouncementDraft(
        level=Level.NEWS,
        audience=Audience.ALL,
        text={"en": "Maintenance on Sunday morning.", "sv": "Underhåll på söndag morgon."},
        starts_at=None,
        ends_at=timezone.now() + timedelta(days=1),
    )
    return facade.announce(operator, draft).id
