"""What is recorded of imports, in sentences."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller
from utfall.portal.audit.facade import Named, thing, told
from utfall.portal.imports.models import Import

told(
    {
        "import.done": _("%(who)s imported %(what)s from another network"),
        "import.undone": _("%(who)s undid the import of %(what)s"),
        "import.publisher": _("%(who)s took over a publisher of another network with %(what)s"),
    }
)


@thing("import")
def imports(caller: Caller, numbers: Collection[int]) -> dict[int, Named]:
    """By the name of its file."""
    rows = Import.objects.of(caller).filter(pk__in=numbers)
    return {
        row.pk: Named(row.name, reverse("imports:imported", kwargs={"org": caller.slug, "imported": row.pk}))
        for row in rows
    }
