"""Words for what a check of a link or a domain found, and for how a code does."""

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.links.contracts import Came, Health, LeakVerdict

HEALTH: Final[dict[Health, Promise]] = {
    Health.UNKNOWN: gettext_lazy("Not checked yet."),
    Health.GOOD: gettext_lazy("The page answers, and the click id arrives."),
    Health.REDIRECTS_AWAY: gettext_lazy("The page sends visitors to another site."),
    Health.PARAMETER_LOST: gettext_lazy("The page redirects and loses the click id on the way."),
    Health.NOT_FOUND: gettext_lazy("The page does not exist any more."),
    Health.FAILING: gettext_lazy("The page answers with an error."),
    Health.UNREACHABLE: gettext_lazy("The page could not be reached."),
    Health.RESERVED: gettext_lazy("Not checked: the name is reserved for examples, and nobody can be there."),
}

DOMAINS: Final[dict[str, Promise]] = {
    "unresolved": gettext_lazy("The name leads nowhere yet. DNS changes can take an hour."),
    "private": gettext_lazy("The name leads to an address that is not on the internet."),
    "another": gettext_lazy("The name leads to another server than this installation's edge."),
    "tls": gettext_lazy("The server there has no valid certificate for this name."),
    "timeout": gettext_lazy("The server there does not answer in time."),
    "refused": gettext_lazy("The server there refuses the connection."),
}

CAME: Final[dict[Came, Promise]] = {
    Came.WITHOUT_CLICK: gettext_lazy("Without a click"),
    Came.OWN_CLICK: gettext_lazy("By its own publisher's click"),
    Came.OTHER_CLICK: gettext_lazy("By somebody else's click"),
}


class Shown(NamedTuple):
    """A verdict as a badge: its tone, its icon and its words."""

    tone: str
    icon: str
    words: Promise


VERDICTS: Final[dict[LeakVerdict, Shown]] = {
    LeakVerdict.LEAKED: Shown("bad", icon="droplet-exclamation", words=gettext_lazy("Leaking")),
    LeakVerdict.KEPT: Shown("good", icon="circle-check", words=gettext_lazy("Where it belongs")),
    LeakVerdict.TOO_FEW: Shown("calm", icon="clock", words=gettext_lazy("Too few orders")),
}


def health_words(health: Health, note: str) -> str:
    """What a visit to a link's destination found, with its detail."""
    words = str(HEALTH[health])
    return _("%(words)s (%(detail)s)") % {"words": words, "detail": note} if note else words


def domain_words(problem: str) -> str:
    """Why a domain cannot be used yet; empty when it can."""
    if not problem:
        return ""
    return str(DOMAINS.get(problem) or _("It could not be checked (%(code)s).") % {"code": problem})
