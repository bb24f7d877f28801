"""What kinds and states of grants are called."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.events import BonusReason
from utfall.portal.access.errors import Words
from utfall.portal.bonuses.contracts import Kind, State

KINDS: Final[dict[str, Words]] = {Kind.BONUS: _("Bonus"), Kind.PLACEMENT: _("Placement")}
REASONS: Final[dict[str, Words]] = {**KINDS, BonusReason.CLAWBACK.value: _("Bonus taken back")}
STATES: Final[dict[str, tuple[Words, str, str]]] = {
    State.WAITING: (_("On its way to the book"), "news", "clock-hour-4"),
    State.GRANTED: (_("Granted"), "good", "circle-check"),
    State.REFUSED: (_("Refused by the book"), "bad", "circle-x"),
}
