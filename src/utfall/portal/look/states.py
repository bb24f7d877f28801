"""States and what they look like: a tone, an icon and a word, so that nobody needs to see colours."""

from typing import Final, NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Kind, Role
from utfall.portal.access.errors import Words
from utfall.portal.look.library import register
from utfall.portal.look.pieces import icon as drawn


class State(NamedTuple):
    """How a state is shown. Tones: good, warn, bad, calm, news."""

    tone: str
    icon: str
    words: Words


UNKNOWN: Final = State("calm", icon="circle-dashed", words="")
STATES: Final[dict[str, State]] = {
    "active": State("good", icon="circle-check", words=_("Active")),
    "approved": State("good", icon="circle-check", words=_("Approved")),
    "accepted": State("good", icon="circle-check", words=_("Accepted")),
    "live": State("good", icon="circle-check", words=_("Live")),
    "healthy": State("good", icon="circle-check", words=_("Healthy")),
    "verified": State("good", icon="circle-check", words=_("Verified")),
    "done": State("good", icon="circle-check", words=_("Done")),
    "sent": State("good", icon="circle-check", words=_("Sent")),
    "paid": State("good", icon="circle-check", words=_("Paid")),
    "pending": State("warn", icon="clock-hour-4", words=_("Waiting")),
    "waiting": State("warn", icon="clock-hour-4", words=_("Waiting")),
    "in_review": State("warn", icon="eye", words=_("In review")),
    "held": State("warn", icon="lock", words=_("On hold")),
    "paused": State("warn", icon="player-pause", words=_("Paused")),
    "unverified": State("warn", icon="alert-triangle", words=_("Not verified")),
    "warning": State("warn", icon="alert-triangle", words=_("Warning")),
    "expiring": State("warn", icon="clock-hour-4", words=_("Ends soon")),
    "rejected": State("bad", icon="circle-x", words=_("Rejected")),
    "refused": State("bad", icon="circle-x", words=_("Refused")),
    "declined": State("bad", icon="circle-x", words=_("Declined")),
    "banned": State("bad", icon="ban", words=_("Banned")),
    "suspended": State("bad", icon="ban", words=_("Suspended")),
    "broken": State("bad", icon="link-off", words=_("Broken")),
    "failed": State("bad", icon="alert-circle", words=_("Failed")),
    "error": State("bad", icon="alert-circle", words=_("Error")),
    "revoked": State("calm", icon="circle-x", words=_("Revoked")),
    "cancelled": State("calm", icon="circle-x", words=_("Cancelled")),
    "withdrawn": State("calm", icon="circle-x", words=_("Withdrawn")),
    "void": State("calm", icon="circle-x", words=_("Void")),
    "draft": State("calm", icon="pencil", words=_("Draft")),
    "closed": State("calm", icon="circle-off", words=_("Closed")),
    "ended": State("calm", icon="circle-off", words=_("Ended")),
    "expired": State("calm", icon="clock-off", words=_("Expired")),
    "archived": State("calm", icon="archive", words=_("Archived")),
    "disabled": State("calm", icon="circle-off", words=_("Switched off")),
    "none": State("calm", icon="circle-dashed", words=_("None")),
    "invited": State("news", icon="mail", words=_("Invited")),
    "new": State("news", icon="sparkles", words=_("New")),
    "running": State("news", icon="loader-2", words=_("Running")),
    "queued": State("news", icon="clock-hour-4", words=_("Queued")),
    "scheduled": State("news", icon="calendar", words=_("Scheduled")),
    "test": State("news", icon="flask", words=_("Test")),
}

KINDS: Final[dict[str, Words]] = {
    Kind.OPERATOR: _("Operator"),
    Kind.ADVERTISER: _("Advertiser"),
    Kind.AGENCY: _("Agency"),
    Kind.PUBLISHER: _("Publisher"),
    Kind.AUDITOR: _("Auditor"),
}
ROLES: Final[dict[str, Words]] = {
    Role.OWNER: _("Owner"),
    Role.MANAGER: _("Manager"),
    Role.FINANCE: _("Finance"),
    Role.DEVELOPER: _("Developer"),
    Role.VIEWER: _("Viewer"),
}


@register.simple_tag
def status(state: str, words: Words = "", tone: str = "") -> SafeString:
    """A badge for a state: `{% status program.state %}`; other words and another tone where needed."""
    known = STATES.get(str(state), UNKNOWN)
    return badge(words or known.words or str(state), tone or known.tone, known.icon)


@register.simple_tag
def badge(words: Words, tone: str = "calm", icon: str = "") -> SafeString:
    """A badge of a tone, with an icon or without: `{% badge _("Preset") "news" "sparkles" %}`."""
    return format_html('<span class="state state-{}">{}{}</span>', tone, drawn(icon) if icon else "", words)


@register.simple_tag
def kind_words(kind: str) -> Words:
    """What kind of organisation it is, in words."""
    return KINDS.get(kind, kind)


@register.simple_tag
def role_words(role: str) -> Words:
    """A role in words."""
    return ROLES.get(role, role)
