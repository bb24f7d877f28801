"""What is recorded of letters, in sentences."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind
from utfall.portal.audit.facade import Named, thing, told
from utfall.portal.post.models import Letter

told({"letter.retry": _("%(who)s tried again to send %(what)s")})


@thing("letter")
def letters(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By what it is about; only the operator reads the list."""
    url = reverse("post:index", kwargs={"org": caller.slug}) if caller.kind is Kind.OPERATOR else ""
    return {
        row.pk: Named(f"“{row.subject}”", url) for row in Letter.objects.of(caller).filter(pk__in=numbers)
    }
