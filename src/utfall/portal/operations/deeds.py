"""What is recorded of operating, in sentences."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.audit.facade import Named, thing, told
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
