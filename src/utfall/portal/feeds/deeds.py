"""What is recorded of product feeds, in sentences."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller
from utfall.portal.audit.facade import Named, named, thing, told

told(
    {
        "feed.changed": _("%(who)s changed the product feed of %(what)s"),
        "feed.removed": _("%(who)s removed the product feed of %(what)s"),
    }
)


@thing("feed of program")
def feeds(caller: Caller, numbers: Collection[int]) -> Mapping[int, Named]:
    """A feed is known by its program, and outlived by it."""
    return named("program", caller, numbers)
