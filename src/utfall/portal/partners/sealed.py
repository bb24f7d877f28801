"""Enrolments as the sealed terms hold them, and those adopted from a market that was in force before."""

from collections.abc import Iterator

from django.utils import timezone

from utfall.portal.access.times import from_ms, to_ms
from utfall.portal.partners.models import Enrolment, Partnership
from utfall.portal.partners.sharing_sealed import adopt_sharing
from utfall.terms import Enrolment as SealedEnrolment
from utfall.terms import Market


def sealed_enrolments() -> Iterator[SealedEnrolment]:
    """Every interval in which a publisher is, was or will be in a program; empty intervals are left out."""
    rows = Enrolment.objects.system().select_related("partnership").order_by("pk")
    for row in rows.iterator():
        if row.ends_at is None or row.ends_at > row.starts_at:
            yield SealedEnrolment(
                program=row.partnership.program,
                publisher=row.partnership.publisher,
                starts_at=to_ms(row.starts_at),
                ends_at=to_ms(row.ends_at) if row.ends_at else None,
                group=row.group,
            )


def adopt(market: Market) -> None:
    """Take over the enrolments of a market, for publishers in no partnership yet, and what they share."""
    adopt_sharing(market)
    known = set(Partnership.objects.system().values_list("program", "publisher"))
    advertisers = {program.id: program.advertiser for program in market.programs}
    made: dict[tuple[int, int], Partnership] = {}
    for one in market.enrolments:
        pair = (one.program, one.publisher)
        if pair in known:
            continue
        if pair not in made:
            made[pair] = _partnership(one, advertisers[one.program])
        Enrolment.objects.system().create(
            partnership=made[pair],
            group=one.group,
            starts_at=from_ms(one.starts_at),
            ends_at=from_ms(one.ends_at) if one.ends_at else None,
        )
        if one.holds_at(to_ms(timezone.now())):
            made[pair].group, made[pair].state = one.group, Partnership.State.APPROVED
            made[pair].save()


def _partnership(one: SealedEnrolment, advertiser: int) -> Partnership:
    return Partnership.objects.system().create(
        program=one.program,
        advertiser=advertiser,
        publisher=one.publisher,
        state=Partnership.State.ARCHIVED,
        since=from_ms(one.starts_at),
    )
