"""What the partners app has of a side: an application of its publisher's, a property, an open invitation."""

from django.utils import timezone

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from tests.portal.programs.drafts import live
from utfall.portal.access import Refused
from utfall.portal.partners import facade
from utfall.portal.partners.contracts import (
    ApplicationDraft,
    ProfileView,
    PropertyDraft,
    PropertyKind,
)
from utfall.portal.partners.models import Override, Split, SplitShare
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import Visibility
from utfall.portal.programs.groups import create_group


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """The program they are about is private, and so is the profile."""
    from dataclasses import replace

    advertiser, publisher = side.advertiser.caller(), side.publisher.caller()
    name = side.publisher.name
    program = live(advertiser, market.operator.caller(), f"{side.advertiser.name} partners")
    create_group(advertiser, program.id, f"{name} gold")
    owned = facade.add_property(
        publisher,
        PropertyDraft(kind=PropertyKind.SITE, name=name, promotion_type="content", url="https://blog.test/"),
    )
    facade.set_profile(
        publisher, ProfileView(publisher=side.publisher.number, headline=f"{name} writes", listed=False)
    )
    asked = facade.apply(
        publisher,
        ApplicationDraft(
            program=program.id, promotion_types=("content",), properties=(owned.id,), message=f"{name} asks"
        ),
    )
    programs.describe(advertiser, program.id, replace(program.profile, visibility=Visibility.PRIVATE))
    invited = facade.invite_by_mail(advertiser, program.id, f"guest@{side.advertiser.slug}.test", note=name)
    try:
        if "program" in made:
            facade.invite(advertiser, int(made["program"]), side.publisher.number, note=name)
    except Refused:
        made = {}
    found: Made = {
        "partnership": asked.id,
        "application": asked.application or 0,
        "property": owned.id,
        "publisher": side.publisher.number,
        "mail_invitation": invited.id,
        **shared(side, program.id),
    }
    return found if "program" in made else found | {"program": program.id}


def shared(side: Side, program: int) -> Made:
    """A split and an override that were taken back before they began, with somebody of neither side."""
    now, nobody = timezone.now(), 900_000
    common = {"program": program, "advertiser": side.advertiser.number, "starts_at": now, "ends_at": now}
    split = Split.objects.system().create(publisher=side.publisher.number, **common)
    for publisher in (side.publisher.number, nobody):
        SplitShare.objects.system().create(split=split, publisher=publisher, ppm=500_000)
    override = Override.objects.system().create(
        parent=side.publisher.number, child=nobody, ppm=50_000, on_top=True, **common
    )
    return {"split": split.pk, "override": override.pk}
