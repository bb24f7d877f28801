"""What is recorded of approvals and of what needs one, in sentences."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller
from utfall.portal.audit.fields import fields
from utfall.portal.audit.models import Proposal
from utfall.portal.audit.sentences import Named, thing, told

told(
    {
        "proposal.propose": _("%(who)s asked for a change: %(what)s"),
        "proposal.approve": _("%(who)s allowed a change: %(what)s"),
        "proposal.refuse": _("%(who)s refused a change: %(what)s"),
        "proposal.withdraw": _("%(who)s withdrew a change: %(what)s"),
        "proposal.expire": _("A change waited too long: %(what)s"),
        "policy.change": _("%(who)s changed what needs approval"),
    }
)
fields(
    "proposal", {"kind": _("What needs approval"), "words": _("What it changes"), "asked_by": _("Asked by")}
)


@thing("proposal")
def proposals(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By what it would change."""
    rows = Proposal.objects.of(caller).filter(pk__in=numbers)
    return {
        row.pk: Named(row.words, reverse("audit:proposal", kwargs={"org": caller.slug, "proposal": row.pk}))
        for row in rows
    }
