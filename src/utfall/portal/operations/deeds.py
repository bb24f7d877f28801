"""What is recorded of operating, in sentences."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.audit.contracts import Entry
from utfall.portal.audit.facade import Named, tells_more, thing, told
from utfall.portal.operations.announcing import words_in
from utfall.portal.operations.models import Announcement

told(
    {
        "impersonation.begun": _("%(who)s of the operator began to look at the portal as %(what)s"),
        "impersonation.ended": _("%(who)s of the operator stopped looking at the portal as %(what)s"),
        "impersonation.over": _("The time of %(who)s to look at the portal as %(what)s was over"),
        "announcement.made": _("%(who)s announced: %(what)s"),
        "announcement.withdrawn": _("%(who)s withdrew the announcement: %(what)s"),
        "organisation.allowed": _("%(who)s changed the limits of %(what)s"),
    }
)


@tells_more("impersonation.begun", "impersonation.ended", "impersonation.over")
def looked(caller: Caller, entry: Entry) -> Named:
    """From when until when, in the list of who looked; entries from before they had a number, the list."""
    page, number = reverse("operations:impersonations", args=[caller.slug]), (entry.after or {}).get("number")
    url = f"{page}?after={number + 1}#looked-{number}" if isinstance(number, int) else page
    return Named(str(_("When they looked, and until when")), url)


@thing("announcement")
def announcements(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By its first words; the operator is led to it."""
    found = {}
    for row in Announcement.objects.of(caller).filter(pk__in=numbers) if caller.sees_all else ():
        words = words_in(row.text)
        url = ""
        if caller.kind is Kind.OPERATOR and caller.may(Permission.OPERATE):
            url = reverse("operations:announcement", kwargs={"org": caller.slug, "announcement": row.pk})
        found[row.pk] = Named(words if len(words) <= 60 else words[:59] + "…", url)
    return found
