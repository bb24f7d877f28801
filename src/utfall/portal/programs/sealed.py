"""Programs, groups and limits as the sealed terms hold them.

Every program is in the market from its draft on, so that nothing that refers to it can stand in the way of
a seal, and so that tracking can be tried before it is live: until its first version begins, it has a version
0 with the status of a draft, which pays nobody.
"""

from collections.abc import Iterator

from utfall.events import Outcome
from utfall.portal.access.times import to_ms
from utfall.portal.programs.models import Group, Limit, Program, TermsVersion
from utfall.portal.programs.shown import in_order, terms_of
from utfall.terms import Group as SealedGroup
from utfall.terms import Limit as SealedLimit
from utfall.terms import Measure, Over, Period, ProgramTerms, Status
from utfall.terms import Program as SealedProgram


def sealed_programs() -> list[SealedProgram]:
    """Every program with all versions that were, are or will be in force."""
    versions: dict[int, list[TermsVersion]] = {}
    for row in TermsVersion.objects.system().filter(effective_from__isnull=False, withdrawn_at__isnull=True):
        versions.setdefault(row.program_id, []).append(row)
    return [
        sealed_program(row, in_order(versions.get(row.pk, [])))
        for row in Program.objects.system().order_by("pk")
    ]


def sealed_program(row: Program, versions: list[TermsVersion]) -> SealedProgram:
    """One program and the versions of its terms, oldest first."""
    drafted = ProgramTerms(version=0, effective_from=to_ms(row.created_at), status=Status.DRAFT)
    terms = [sealed_terms(version) for version in versions]
    if not terms or drafted.effective_from < terms[0].effective_from:
        terms = [drafted, *terms]
    return SealedProgram(
        id=row.pk,
        advertiser=row.advertiser,
        name=row.name,
        currency=row.currency,
        zone=row.zone,
        versions=tuple(terms),
    )


def sealed_terms(row: TermsVersion) -> ProgramTerms:
    """One version that was published."""
    assert row.effective_from is not None, "a draft is not sealed"
    view = terms_of(row)
    return ProgramTerms(
        version=row.number,
        effective_from=to_ms(row.effective_from),
        status=view.status,
        windows=view.windows,
        attribution=view.attribution,
        channels=dict(view.channels),
        channel_default=view.channel_default,
        fee_ppm=row.fee_ppm,
        hold_days=row.hold_days,
        auto_approval_days=row.auto_approval_days,
        max_age_days=row.max_age_days,
        consent_required=row.consent_required,
        delivery_days=row.delivery_days,
        lock_days=row.lock_days,
        recurring_months=row.recurring_months,
        lapsed_after_days=row.lapsed_after_days,
    )


def sealed_groups() -> Iterator[SealedGroup]:
    """Every group."""
    for row in Group.objects.system().order_by("pk"):
        yield SealedGroup(id=row.pk, program=row.program_id, name=row.name)


def sealed_limits() -> Iterator[SealedLimit]:
    """Every budget and cap that was not taken away."""
    return (
        sealed_limit(row) for row in Limit.objects.system().filter(removed_at__isnull=True).order_by("pk")
    )


def sealed_limit(row: Limit) -> SealedLimit:
    """One budget or cap."""
    return SealedLimit(
        id=row.pk,
        program=row.program_id,
        name=row.name,
        measure=Measure(row.measure),
        period=Period(row.period),
        cap=row.cap,
        over=Over(row.over),
        outcome=Outcome(row.outcome) if row.outcome else None,
        group=row.group_id,
        publisher=row.publisher,
        per_publisher=row.per_publisher,
        is_budget=row.is_budget,
        per_customer=row.per_customer,
    )
