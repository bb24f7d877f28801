"""What the first page says of commission: a draft that lies about, and prices that change."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.access.roles import BUYERS
from utfall.portal.commission.models import Draft
from utfall.portal.commission.offered import news_for
from utfall.portal.home.cards import Attention, card
from utfall.portal.look.formats import moment
from utfall.portal.programs import facade as programs


@card(kinds=BUYERS - {Kind.OPERATOR, Kind.AUDITOR}, needs=Permission.PRICE, order=30)
def drafts(caller: Caller) -> Attention | None:
    """Changes of rules that were begun and not saved."""
    found = list(Draft.objects.of(caller).order_by("-changed_at").values_list("program", flat=True)[:10])
    if not found:
        return None
    return Attention(
        words=_("Changes of commission rules that are not saved yet"),
        url=reverse("commission:rules", kwargs={"org": caller.slug, "program": found[0]}),
        count=len(found),
        icon="pencil",
        tone="news",
        action=_("Go on"),
    )


@card(kinds=frozenset({Kind.PUBLISHER}), order=30)
def news(caller: Caller) -> list[Attention]:
    """Programs of the publisher's that pay otherwise since a few days, or soon."""
    found = []
    for program, effective_from in news_for(caller)[:3]:
        known = programs.program(caller, program)
        words = (
            _("%(program)s changes its commission on %(when)s")
            if effective_from > timezone.now()
            else _("%(program)s changed its commission on %(when)s")
        )
        found.append(
            Attention(
                words=words % {"program": known.name, "when": moment(effective_from)},
                url=reverse("commission:offered", kwargs={"org": caller.slug, "program": program}),
                icon="percentage",
                tone="news",
                action=_("See what it pays"),
            )
        )
    return found
