"""The one way into webhooks and postbacks."""

from utfall.portal.webhooks.backlog import backlog, unfollowed
from utfall.portal.webhooks.following import begin, follow
from utfall.portal.webhooks.keeping import (
    change_endpoint,
    create_endpoint,
    endpoint,
    endpoints,
    pause_endpoint,
    remove_endpoint,
    resume_endpoint,
    rotate_secret,
)
from utfall.portal.webhooks.previewing import macros, preview
from utfall.portal.webhooks.sending import Call, Outcome, due, make, write_down
from utfall.portal.webhooks.sendings import redeliver, replay, send_test, sending, sendings

__all__ = [
    "Call",
    "Outcome",
    "backlog",
    "begin",
    "change_endpoint",
    "create_endpoint",
    "due",
    "endpoint",
    "endpoints",
    "follow",
    "macros",
    "make",
    "pause_endpoint",
    "preview",
    "redeliver",
    "remove_endpoint",
    "replay",
    "resume_endpoint",
    "rotate_secret",
    "send_test",
    "sending",
    "sendings",
    "unfollowed",
    "write_down",
]
