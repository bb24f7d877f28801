"""What things of operations are called on its pages."""

from typing import Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words
from utfall.portal.operations.contracts import Audience, Level, Matter, Standing


class Shown(NamedTuple):
    """A tone, an icon and a word."""

    tone: str
    icon: str
    words: Words


STANDINGS: Final[dict[Standing, Shown]] = {
    Standing.WELL: Shown("good", icon="circle-check", words=_("Well")),
    Standing.WATCH: Shown("warn", icon="alert-triangle", words=_("Look at it")),
    Standing.BAD: Shown("bad", icon="alert-circle", words=_("Not well")),
    Standing.UNKNOWN: Shown("calm", icon="help-circle", words=_("Unknown")),
}
LEVELS: Final[dict[Level, Shown]] = {
    Level.NEWS: Shown("news", icon="speakerphone", words=_("News")),
    Level.WARNING: Shown("warn", icon="alert-triangle", words=_("Warning")),
    Level.URGENT: Shown("bad", icon="alert-circle", words=_("Urgent")),
}
AUDIENCES: Final[dict[Audience, Words]] = {
    Audience.ALL: _("Everybody"),
    Audience.ADVERTISERS: _("Advertisers and agencies"),
    Audience.PUBLISHERS: _("Publishers"),
}
MATTERS: Final[dict[Matter, Shown]] = {
    Matter.ORGANISATION: Shown("news", icon="building-store", words=_("Wants to join")),
    Matter.PROGRAM: Shown("news", icon="target-arrow", words=_("Program to review")),
    Matter.PROPOSAL: Shown("news", icon="checks", words=_("Change that needs a second person")),
    Matter.CREATIVE: Shown("news", icon="photo", words=_("Creative to look at")),
}
KNOWN_BY: Final[dict[str, Words]] = {
    "supervisor": _("the supervisor says so"),
    "lock": _("it holds its lock"),
    "itself": _("it answers"),
    "nothing": _("nobody knows"),
}
ENDED_BY: Final[dict[str, Words]] = {
    "hand": _("ended by hand"),
    "time": _("the time was over"),
    "session": _("signed out"),
}
ANNOUNCED: Final[dict[str, Shown]] = {
    "scheduled": Shown("news", icon="calendar", words=_("Scheduled")),
    "live": Shown("good", icon="circle-check", words=_("Shown now")),
    "ended": Shown("calm", icon="circle-off", words=_("Over")),
    "withdrawn": Shown("calm", icon="circle-x", words=_("Withdrawn")),
}
