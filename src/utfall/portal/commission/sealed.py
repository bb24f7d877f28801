"""Rules as the sealed terms hold them, and rules adopted from a market that was in force before."""

from collections.abc import Iterator

import msgspec

from utfall.events import Outcome
from utfall.portal.access.times import from_ms, to_ms
from utfall.portal.commission.models import Rule
from utfall.terms import Condition, Market, Price
from utfall.terms import Rule as SealedRule


def sealed_rules(program: int | None = None) -> Iterator[SealedRule]:
    """Every rule that is, was or will be in force; of one program where it is named."""
    rows = Rule.objects.system().order_by("pk")
    wanted = rows if program is None else rows.filter(program=program)
    return (sealed_rule(row) for row in wanted.iterator())


def sealed_rule(row: Rule) -> SealedRule:
    """One rule in its sealed form."""
    return SealedRule(
        id=row.pk,
        program=row.program,
        name=row.name,
        outcome=Outcome(row.outcome),
        price=msgspec.convert(row.price, Price),
        when=msgspec.convert(row.condition, Condition | None),
        action=row.action or None,
        group=row.group,
        publisher=row.publisher,
        priority=row.priority,
        effective_from=to_ms(row.effective_from),
        effective_until=to_ms(row.effective_until) if row.effective_until else None,
    )


def adopt(market: Market) -> None:
    """Take over the rules of a market; those known already stay as they are."""
    known = set(Rule.objects.system().values_list("pk", flat=True))
    advertisers = {program.id: program.advertiser for program in market.programs}
    Rule.objects.system().bulk_create(
        _row(rule, advertisers[rule.program]) for rule in market.rules if rule.id not in known
    )


def _row(rule: SealedRule, advertiser: int) -> Rule:
    return Rule(
        pk=rule.id,
        program=rule.program,
        advertiser=advertiser,
        name=rule.name,
        outcome=rule.outcome.value,
        action=rule.action or "",
        price=msgspec.to_builtins(rule.price),
        condition=msgspec.to_builtins(rule.when),
        group=rule.group,
        publisher=rule.publisher,
        priority=rule.priority,
        effective_from=from_ms(rule.effective_from),
        effective_until=from_ms(rule.effective_until) if rule.effective_until else None,
        ends_at=from_ms(rule.effective_until) if rule.effective_until else None,
    )
