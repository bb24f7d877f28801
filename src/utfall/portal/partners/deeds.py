"""What is recorded of partnerships, in sentences."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind
from utfall.portal.audit.facade import Named, named, thing, told
from utfall.portal.partners.models import MailInvitation, Override, Partnership, Split
from utfall.portal.people import facade as people

told(
    {
        "partnership.pending": _("%(who)s applied to a program: %(what)s"),
        "partnership.approved": _("%(who)s made a partnership active: %(what)s"),
        "partnership.rejected": _("%(who)s turned down an application: %(what)s"),
        "partnership.invited": _("%(who)s invited a partner: %(what)s"),
        "partnership.declined": _("%(who)s declined an invitation: %(what)s"),
        "partnership.paused": _("%(who)s paused a partnership: %(what)s"),
        "partnership.banned": _("%(who)s ended a partnership for good: %(what)s"),
        "partnership.archived": _("%(who)s archived a partnership: %(what)s"),
        "partnership.moved": _("%(who)s moved a partner to another group: %(what)s"),
        "partner.mail_invited": _("%(who)s invited %(what)s by e-mail"),
        "partner.split_made": _("%(who)s shared a commission among publishers: %(what)s"),
        "partner.split_ended": _("%(who)s ended the sharing of a commission: %(what)s"),
        "partner.override_made": _("%(who)s gave a parent a share of what its child earns: %(what)s"),
        "partner.override_ended": _("%(who)s ended the share of a parent: %(what)s"),
        "partner.split_kept": _("%(who)s let the sharing of a commission hold on: %(what)s"),
        "partner.override_kept": _("%(who)s let the share of a parent hold on: %(what)s"),
        "partner.mail_withdrawn": _("%(who)s withdrew the invitation of %(what)s"),
    }
)


@thing("partnership")
def partnerships(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """A publisher knows a partnership by its program, everybody else by the publisher as well."""
    rows = list(Partnership.objects.of(caller).filter(pk__in=numbers))
    programs = named("program", caller, {row.program for row in rows})
    if caller.kind is Kind.PUBLISHER:
        return {row.pk: programs[row.program] for row in rows if row.program in programs}
    publishers = people.parties(Kind.PUBLISHER, {row.publisher for row in rows})
    found = {}
    for row in rows:
        if row.program in programs and row.publisher in publishers:
            name = f"{publishers[row.publisher].name} ({programs[row.program].name})"
            url = reverse("partners:partner", kwargs={"org": caller.slug, "partnership": row.pk})
            found[row.pk] = Named(name, url)
    return found


@thing("split")
def splits(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By the publisher whose orders are shared."""
    rows = list(Split.objects.of(caller).filter(pk__in=numbers))
    known = people.parties(Kind.PUBLISHER, {row.publisher for row in rows})
    return {row.pk: Named(known[row.publisher].name) for row in rows if row.publisher in known}


@thing("override")
def overrides(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By parent and child."""
    rows = list(Override.objects.of(caller).filter(pk__in=numbers))
    known = people.parties(Kind.PUBLISHER, {one for row in rows for one in (row.parent, row.child)})
    return {
        row.pk: Named(f"{known[row.parent].name} ({known[row.child].name})")
        for row in rows
        if row.parent in known and row.child in known
    }


@thing("mail invitation")
def mail_invitations(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By the address that was written to."""
    return {row.pk: Named(row.email) for row in MailInvitation.objects.of(caller).filter(pk__in=numbers)}
