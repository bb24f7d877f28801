"""The one way into sealing: say that terms changed, ask how far they are in force, assemble the market."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from utfall.portal.databases import one_view
from utfall.portal.sealing.models import Revision
from utfall.portal.sealing.terms import terms_in_force
from utfall.terms import Market, Zone

__all__ = [
    "Sealed",
    "adopt",
    "close",
    "failed",
    "is_empty",
    "market",
    "sealed",
    "state",
    "terms_in_force",
    "touch",
    "wanted",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """How far what was agreed is in force. `sealed`: the newest change in a snapshot; `waiting`: how many
    are in none yet.
    """

    snapshot: str
    sealed: int
    waiting: int
    changed_at: datetime | None
    sealed_at: datetime | None
    problem: str


def touch() -> None:
    """Something agreed has changed; call it in the transaction of the change."""
    changed = Revision.objects.filter(pk=1).update(wanted=F("wanted") + 1, changed_at=timezone.now())
    if not changed:
        Revision.objects.get_or_create(pk=1)
        touch()


def state() -> Sealed:
    """How far the changes made so far are in force."""
    one = Revision.objects.filter(pk=1).first() or Revision(pk=1)
    return Sealed(
        snapshot=one.snapshot,
        sealed=one.sealed,
        waiting=one.wanted - one.sealed,
        changed_at=one.changed_at,
        sealed_at=one.sealed_at,
        problem=one.problem,
    )


def wanted() -> int:
    """The number of the newest change."""
    return Revision.objects.filter(pk=1).values_list("wanted", flat=True).first() or 0


def sealed(revision: int, snapshot: str) -> None:
    """The changes up to this one are in force."""
    Revision.objects.update_or_create(
        pk=1,
        defaults={"sealed": revision, "snapshot": snapshot, "sealed_at": timezone.now(), "problem": ""},
    )


def failed(problem: str) -> None:
    """What was agreed cannot be sealed; the snapshot before stays in force."""
    Revision.objects.filter(pk=1).update(problem=problem)


def market(zone_of: Callable[[str], Zone]) -> tuple[int, Market]:
    """Everything agreed now, and the number of the newest change it contains: one view of all tables."""
    from utfall.portal.commission import facade as commission
    from utfall.portal.links import facade as links
    from utfall.portal.partners import facade as partners
    from utfall.portal.people import facade as people
    from utfall.portal.programs import facade as programs
    from utfall.portal.validation import facade as validation

    with one_view("default"):
        revision = wanted()
        found = validation.with_evidence(programs.sealed_programs())
        return revision, Market(
            zones=tuple(zone_of(name) for name in sorted({program.zone for program in found})),
            advertisers=tuple(people.sealed_advertisers()),
            publishers=tuple(people.sealed_publishers()),
            programs=tuple(found),
            groups=tuple(programs.sealed_groups()),
            enrolments=tuple(partners.sealed_enrolments()),
            links=tuple(links.sealed_links()),
            codes=tuple(links.sealed_codes()),
            rules=tuple(commission.sealed_rules()),
            limits=tuple(programs.sealed_limits()),
            keys=tuple(people.sealed_keys()),
            splits=tuple(partners.sealed_splits()),
            overrides=tuple(partners.sealed_overrides()),
        )


@transaction.atomic
def adopt(market: Market) -> None:
    """Take over a market that was in force before the portal held one; what is known already stays."""
    from utfall.portal.commission import facade as commission
    from utfall.portal.links import facade as links
    from utfall.portal.partners import facade as partners
    from utfall.portal.people import facade as people
    from utfall.portal.programs import facade as programs
    from utfall.portal.validation import facade as validation

    for app in (people, programs, commission, partners, links, validation):
        app.adopt(market)
    touch()


def is_empty() -> bool:
    """Whether nothing has ever been agreed in the portal."""
    return wanted() == 0


def close() -> None:
    """Close this thread's connection to the portal's tables; it opens again when it is used."""
    connection.close()
