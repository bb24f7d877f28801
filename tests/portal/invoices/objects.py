"""Particulars of a side's advertiser and publisher, and an invoice that was issued to the advertiser."""

import time

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from tests.portal.tracking.settled import market_of, settle
from utfall.events import Bonus, BonusReason
from utfall.portal.access import Role
from utfall.portal.book.facade import today
from utfall.portal.invoices import facade
from utfall.portal.invoices.contracts import Draft
from utfall.portal.invoices.paper_contracts import RunWanted
from utfall.portal.invoices.paper_contracts import Side as Whose
from utfall.portal.validation.facade import close, money_id, tell


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """Nobody but the two of them sees theirs; the operator sees all."""
    for tenant in (side.advertiser, side.publisher):
        draft = Draft(name=f"{tenant.name} AB", country="SE", town=tenant.name)
        facade.set_particulars(tenant.caller(), draft)
    return _issued(market, side)


def _issued(market: TwoTenants, side: Side) -> Made:
    """A clawback, for which the house's account need not be known: a credit note, and the run it is in."""
    operator = market.operator.caller(Role.FINANCE)
    facade.set_particulars(operator, Draft(name="House AB", country="SE", town="Lund"))
    at = time.time_ns() // 1_000_000
    bonus = Bonus(
        id=money_id(at, "clawback", side.advertiser.number),
        occurred_at=at,
        received_at=at,
        program=market_of(side).programs[0].id,
        publisher=side.publisher.number,
        currency="SEK",
        amount_micros=-25_000_000,
        reason=BonusReason.CLAWBACK,
    )
    tell([bonus])
    settle(side)
    wanted = RunWanted(until=today(), side=Whose.ADVERTISER, party=side.advertiser.number, currency="SEK")
    run = facade.prepare(operator, wanted)
    facade.issue_now(operator, run.id)
    settle(side)
    facade.follow_papers()
    close()
    (row,) = facade.drafts(operator, run.id).items
    return {"paper": row.id, "paper_run": run.id}
