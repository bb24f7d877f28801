"""What the first page tells the operator of letters."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.home.cards import Attention, card
from utfall.portal.post.contracts import State
from utfall.portal.post.facade import counts


@card(kinds=frozenset({Kind.OPERATOR}), order=16, needs=Permission.OPERATE)
def letters_given_up(caller: Caller) -> Attention | None:
    """Letters that no mail server took."""
    count = counts(caller)[State.FAILED]
    if not count:
        return None
    return Attention(
        words=_("Letters that could not be sent"),
        url=reverse("post:index", kwargs={"org": caller.slug}) + "?state=failed",
        count=count,
        icon="mail",
        tone="bad",
        action=_("See why"),
    )
