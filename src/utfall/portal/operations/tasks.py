"""What is seen to each minute: a look at every queue, and impersonations that are over."""

from utfall.portal.access import Caller, Kind, Role
from utfall.portal.access.acting import acting
from utfall.portal.access.roles import grants_of
from utfall.portal.operations.health import sample
from utfall.portal.operations.looking import close_ended
from utfall.portal.work.facade import every


@every(minutes=1)
def look_at_queues() -> None:
    """Keep how much waits in each queue, for its last hour."""
    sample(installation())


@every(minutes=1)
def end_impersonations() -> int:
    """Write down the end of what ran out of time, or whose browser was signed out."""
    return close_ended()


def installation() -> Caller:
    """Who looks when nobody asks: the installation itself, which operates itself."""
    grants = grants_of(Kind.OPERATOR, Role.OWNER)
    return acting(Kind.OPERATOR, actor="utfall", role=Role.OWNER, grants=grants)
