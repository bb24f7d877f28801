"""The operator's rules for programs: who lets a draft go live, and the usual network fee."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from utfall.money import PPM
from utfall.portal.access import Caller, Permission, Problem
from utfall.portal.audit import facade as audit
from utfall.portal.programs import checking
from utfall.portal.programs.contracts import PolicyView
from utfall.portal.programs.models import Policy


def policy() -> PolicyView:
    """What holds for every program of this installation."""
    row = Policy.objects.filter(pk=1).first() or Policy(pk=1)
    return PolicyView(review_needed=row.review_needed, fee_ppm=row.fee_ppm)


@transaction.atomic
def set_policy(caller: Caller, wanted: PolicyView, *, why: str = "") -> PolicyView:
    """The operator chooses other rules for programs that are drafted from now on."""
    caller.require(Permission.OPERATE)
    if not 0 <= wanted.fee_ppm <= PPM:
        checking.insist([Problem("fee_out_of_range", _("The fee is a share between 0 and 100 %."), "fee")])
    before = policy()
    if before == wanted:
        return before
    Policy.objects.update_or_create(
        pk=1, defaults={"review_needed": wanted.review_needed, "fee_ppm": wanted.fee_ppm}
    )
    audit.record(
        caller,
        action="program.policy",
        subject="policy of programs",
        before={"review_needed": before.review_needed, "fee_ppm": before.fee_ppm},
        after={"review_needed": wanted.review_needed, "fee_ppm": wanted.fee_ppm},
        why=why,
    )
    return wanted
