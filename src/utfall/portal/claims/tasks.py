"""Claims in the background: clocks, reminders, awards left half written, and what became of them."""

from utfall.portal.claims import awarding
from utfall.portal.claims.contracts import Award
from utfall.portal.claims.deciding import see_to_clocks
from utfall.portal.claims.models import Claim
from utfall.portal.work.facade import every


@every(minutes=10)
def clocks() -> None:
    """Remind, and decide what nobody decided in time."""
    see_to_clocks()


@every(seconds=20)
def awards() -> None:
    """Write what was begun, and note what settlement made of it."""
    left = Claim.objects.system().filter(award=Award.WRITING.value).values_list("pk", flat=True)
    for number in list(left):
        awarding.write(number)
    awarding.follow(list(Claim.objects.system().filter(award=Award.WRITTEN.value)[:500]))
