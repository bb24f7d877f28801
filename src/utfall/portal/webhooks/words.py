"""What went wrong with a call, and what endpoints and kinds are called, in words."""

from typing import Final

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words

ERRORS: Final[dict[str, Words]] = {
    "scheme": _("The address cannot be read."),
    "port": _("The port is one that we do not call."),
    "credentials": _("The address has a name or a password in it."),
    "unresolved": _("The name leads nowhere: there is no such host."),
    "private": _("The name leads to a private address, which we never call."),
    "refused": _("Nobody listens there: the connection was refused."),
    "timeout": _("It did not answer within 15 seconds. Answer at once, and do the work afterwards."),
    "tls": _("The certificate is not in order, so we did not send anything."),
    "broken": _("The connection broke before an answer came."),
}
REASONS: Final[dict[str, Words]] = {
    "by_hand": _("Somebody paused it."),
    "failures": _("It failed 20 times in a row."),
    "gone": _("It answered 410, which means that it is gone for good."),
    "queue_full": _("Too much was waiting for it."),
}
GROUPS: Final[dict[str, Words]] = {
    "conversion": _("Conversions"),
    "commission": _("Parts in orders of others"),
    "tier": _("Prices in steps"),
    "bonus": _("Bonuses"),
    "partnership": _("Partnerships"),
    "program": _("Programs"),
    "claim": _("Claims"),
    "quality": _("Quality"),
    "alert": _("Alerts"),
    "import": _("Imports"),
}


def error_words(status: int | None, error: str) -> Words:
    """Why a try failed, as a sentence; nothing where it did not."""
    if not error:
        return ""
    if status is None:
        return ERRORS.get(error, error)
    if 300 <= status < 400:
        sentence = now("It answered %(status)s. We follow no redirects: give us the address itself.")
    elif status in (401, 403):
        sentence = now("It answered %(status)s: it did not let us in. Check the signature's secret there.")
    elif status == 404:
        sentence = now("It answered %(status)s: there is nothing at this address.")
    elif status == 429:
        sentence = now("It answered %(status)s: we are too fast for it. We wait as long as it asks.")
    else:
        sentence = now("It answered %(status)s. Only 200 to 299 means that it has the message.")
    return sentence % {"status": status}
