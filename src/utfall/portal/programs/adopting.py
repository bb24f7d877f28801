"""Taking over the programs of a market that was in force before the portal held one."""

from django.utils import timezone

from utfall.portal.access.times import from_ms, to_ms
from utfall.portal.programs.contracts import State, TermsDraft, Visibility
from utfall.portal.programs.models import Group, Limit, Program, TermsVersion
from utfall.portal.programs.shown import columns_of
from utfall.terms import Group as SealedGroup
from utfall.terms import Limit as SealedLimit
from utfall.terms import Market, ProgramTerms, Rule
from utfall.terms import Portion as SealedPortion
from utfall.terms import Program as SealedProgram


def adopt(market: Market) -> None:
    """Programs, groups and limits of a market, under their own numbers; those known already stay."""
    known = set(Program.objects.system().values_list("pk", flat=True))
    fresh = [program for program in market.programs if program.id not in known]
    for program in fresh:
        _adopt_program(program, [rule for rule in market.rules if rule.program == program.id])
    groups = set(Group.objects.system().values_list("pk", flat=True))
    for group in market.groups:
        if group.id not in groups:
            _adopt_group(group)
    limits = set(Limit.objects.system().values_list("pk", flat=True))
    for limit in market.limits:
        if limit.id not in limits:
            _adopt_limit(limit)


def _adopt_program(program: SealedProgram, rules: list[Rule]) -> None:
    now = timezone.now()
    standing = program.terms_at(to_ms(now)) or program.versions[0]
    row = Program(
        pk=program.id,
        advertiser=program.advertiser,
        name=program.name,
        currency=program.currency,
        zone=program.zone,
        state=State(standing.status).value,
        visibility=Visibility.APPROVAL.value,
        outcome=_main_outcome(rules),
        created_at=now,
        live_since=from_ms(program.versions[0].effective_from),
    )
    row.save(force_insert=True)
    for terms in program.versions:
        _adopt_terms(row, terms)


def _main_outcome(rules: list[Rule]) -> str:
    """What the program pays for first of all: the outcome of most rules, a share before a price."""
    if not rules:
        return "sale"
    weights: dict[str, int] = {}
    for rule in rules:
        weight = 2 if isinstance(rule.price, SealedPortion) else 1
        weights[rule.outcome.value] = weights.get(rule.outcome.value, 0) + weight
    return max(sorted(weights), key=lambda name: weights[name])


def _adopt_terms(row: Program, terms: ProgramTerms) -> None:
    draft = TermsDraft(
        windows=terms.windows,
        attribution=terms.attribution,
        channels=terms.channels,
        channel_default=terms.channel_default,
        fee_ppm=terms.fee_ppm,
        hold_days=terms.hold_days,
        auto_approval_days=terms.auto_approval_days,
        max_age_days=terms.max_age_days,
        consent_required=terms.consent_required,
        delivery_days=terms.delivery_days,
        lock_days=terms.lock_days,
        recurring_months=terms.recurring_months,
        lapsed_after_days=terms.lapsed_after_days,
    )
    TermsVersion(
        program=row,
        number=terms.version,
        effective_from=from_ms(terms.effective_from),
        status=State(terms.status).value,
        **columns_of(draft),
    ).save(force_insert=True)


def _adopt_group(group: SealedGroup) -> None:
    Group(pk=group.id, program_id=group.program, name=group.name).save(force_insert=True)


def _adopt_limit(limit: SealedLimit) -> None:
    Limit(
        pk=limit.id,
        program_id=limit.program,
        name=limit.name,
        measure=limit.measure.value,
        period=limit.period.value,
        cap=limit.cap,
        over=limit.over.value,
        outcome=limit.outcome.value if limit.outcome else "",
        group_id=limit.group,
        publisher=limit.publisher,
        per_publisher=limit.per_publisher,
        is_budget=limit.is_budget,
        per_customer=limit.per_customer,
    ).save(force_insert=True)
