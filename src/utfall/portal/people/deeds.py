"""What is recorded of people, organisations, keys and mandates, in sentences."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.audit.facade import Named, thing, told
from utfall.portal.people.models import ApiKey, Invitation, Mandate, Membership, Organisation
from utfall.portal.people.parties import names

told(
    {
        "member.invited": _("%(who)s invited the colleague %(what)s"),
        "member.invited_again": _("%(who)s sent the invitation to %(what)s again"),
        "member.invitation_withdrawn": _("%(who)s withdrew the invitation to %(what)s"),
        "member.joined": _("%(what)s joined"),
        "member.left": _("%(what)s left"),
        "member.removed": _("%(who)s removed %(what)s"),
        "member.role_changed": _("%(who)s changed the role of %(what)s"),
        "mandate.asked": _("%(who)s asked for a mandate: %(what)s"),
        "mandate.granted": _("%(who)s gave a mandate: %(what)s"),
        "mandate.ended": _("%(who)s ended a mandate: %(what)s"),
        "mandate.letters": _("%(who)s changed who is written to under a mandate: %(what)s"),
        "key.created": _("%(who)s made the API key %(what)s"),
        "key.rotated": _("%(who)s replaced the API key %(what)s"),
        "key.revoked": _("%(who)s revoked the API key %(what)s"),
        "organisation.signed_up": _("%(what)s signed up"),
        "organisation.created": _("%(who)s founded %(what)s"),
        "organisation.changed": _("%(who)s changed the particulars of %(what)s"),
        "organisation.second_factor": _("%(who)s changed who needs two steps to sign in to %(what)s"),
        "organisation.postback_secret": _("%(who)s renewed the postback secret of %(what)s"),
        "organisation.pixel": _("%(who)s changed whether %(what)s accepts the pixel"),
        "organisation.closed": _("%(who)s closed %(what)s"),
        "organisation.approved": _("%(who)s let %(what)s in"),
        "organisation.suspended": _("%(who)s suspended %(what)s"),
        "organisation.restored": _("%(who)s restored %(what)s"),
        "operator.approval": _("%(who)s changed whether newcomers wait for approval"),
    }
)


@thing("user")
def persons(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """A person of the caller's own organisation leads to the list of its people."""
    url = reverse("people:members", kwargs={"org": caller.slug})
    own = set(Membership.objects.of(caller).filter(user__in=numbers).values_list("user", flat=True))
    return {number: Named(name, url if number in own else "") for number, name in names(numbers).items()}


@thing("organisation")
def organisations(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """The operator is led to the organisation; anybody else knows where theirs is."""
    rows = Organisation.objects.of(caller).filter(pk__in=numbers)
    return {row.pk: Named(row.name, _page(caller, row)) for row in rows}


@thing("key")
def keys(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By name; those who may see keys are led to their list."""
    url = reverse("people:keys", kwargs={"org": caller.slug}) if caller.may(Permission.TRACK) else ""
    return {row.pk: Named(row.name, url) for row in ApiKey.objects.of(caller).filter(pk__in=numbers)}


@thing("mandate")
def mandates(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """Who acts for whom."""
    rows = Mandate.objects.of(caller).filter(pk__in=numbers).select_related("agency", "advertiser")
    return {row.pk: Named(f"{row.agency.name} → {row.advertiser.name}") for row in rows}


@thing("invitation")
def invitations(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By the address that was written to."""
    return {row.pk: Named(row.email) for row in Invitation.objects.of(caller).filter(pk__in=numbers)}


def _page(caller: Caller, row: Organisation) -> str:
    if caller.kind is Kind.OPERATOR and caller.may(Permission.OPERATE):
        return reverse("people:tenant", kwargs={"org": caller.slug, "organisation": row.pk})
    return ""
