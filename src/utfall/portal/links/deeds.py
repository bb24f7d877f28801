"""What is recorded of links, codes and domains, in sentences."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller
from utfall.portal.audit.facade import Named, thing, told
from utfall.portal.links.models import Code, Domain, Link

told(
    {
        "link.created": _("%(who)s made the link %(what)s"),
        "link.changed": _("%(who)s changed the link %(what)s"),
        "link.ended": _("%(who)s ended the link %(what)s"),
        "link.revived": _("%(who)s brought back the link %(what)s"),
        "code.assigned": _("%(who)s gave out the code %(what)s"),
        "code.ended": _("%(who)s ended the code %(what)s"),
        "domain.added": _("%(who)s added the domain %(what)s"),
        "domain.verified": _("%(who)s verified the domain %(what)s"),
        "domain.lost": _("%(who)s found that the domain %(what)s no longer answers"),
        "domain.removed": _("%(who)s removed the domain %(what)s"),
    }
)


@thing("link")
def links(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By name, or by key where it has none."""
    rows = Link.objects.of(caller).filter(pk__in=numbers)
    return {
        row.pk: Named(row.name or row.key, reverse("links:link", kwargs={"org": caller.slug, "link": row.pk}))
        for row in rows
    }


@thing("code")
def codes(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """Codes stand in one list."""
    url = reverse("links:codes", kwargs={"org": caller.slug})
    return {row.pk: Named(row.code, url) for row in Code.objects.of(caller).filter(pk__in=numbers)}


@thing("domain")
def domains(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By host."""
    return {row.pk: Named(row.host) for row in Domain.objects.of(caller).filter(pk__in=numbers)}
