"""Seen to each minute: rules that are due, letters that may leave; and every ten minutes, new programs."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from utfall.portal.alerts.models import Alert
from utfall.portal.alerts.notifying import send_notes
from utfall.portal.alerts.rules import make_presets, make_presets_of_terms
from utfall.portal.alerts.watching import look
from utfall.portal.work.facade import every

KEPT_FOR: Final = timedelta(days=400)


@every(minutes=10)
def watch_new_programs() -> int:
    """Give live programs the rules that every program has, and forget alerts that ended long ago.

    It stands first: what is made in a round is looked at in the same one.
    """
    Alert.objects.system().filter(ended_at__lt=timezone.now() - KEPT_FOR).delete()
    return make_presets() + make_presets_of_terms()


@every(minutes=1)
def look_at_rules() -> int:
    """Judge what is due."""
    return look()


@every(minutes=1)
def send_letters() -> int:
    """Send what waits no longer."""
    return send_notes()
