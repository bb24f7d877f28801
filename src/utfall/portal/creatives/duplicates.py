"""What is uploaded twice: found by the hash of what it shows."""

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import refuse
from utfall.portal.creatives.contracts import Kind, State
from utfall.portal.creatives.models import Creative

GONE = (State.ARCHIVED.value, State.REJECTED.value)


def refuse_twice(row: Creative) -> None:
    """Refused where the program has this very creative already; put away and rejected ones do not count."""
    same = Creative.objects.system().filter(program=row.program, digest=row.digest, kind=row.kind)
    if row.kind == Kind.NATIVE.value:
        same = same.filter(headline=row.headline, body=row.body)
    found = same.exclude(pk=row.pk).exclude(state__in=GONE).first()
    if found is not None:
        refuse(
            "duplicate",
            _("The program has this already: “%(name)s”.") % {"name": found.name},
            "file",
            status=409,
        )
