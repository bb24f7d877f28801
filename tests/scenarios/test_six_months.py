"""Six months in the life of a shop's program, from its draft to its end, under a clock that is moved.

One test, a function a month: each goes on where the one before ended, so no month stands alone. At the end
of each, everything that keeps a record is asked whether it agrees with the book (`monthly_proof`).
"""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.portal.programs.drafts import drafted
from tests.portal.webhooks.receiver import receiving
from tests.portal.webhooks.telling import hook, postback
from tests.scenarios.monthly_proof import prove
from tests.scenarios.program_life import Life, at, living
from utfall.portal.access import NotFound, Refused
from utfall.portal.alerts import facade as alerts
from utfall.portal.alerts.contracts import Kind as AlertKind
from utfall.portal.changes import facade as changes
from utfall.portal.claims import facade as claims
from utfall.portal.claims.contracts import Denial, Draft, Finding
from utfall.portal.claims.contracts import State as Claimed
from utfall.portal.commission import facade as commission
from utfall.portal.commission.contracts import RuleDraft
from utfall.portal.conversions import facade as conversions
from utfall.portal.links import facade as links
from utfall.portal.links.contracts import CodeDraft, LeakVerdict
from utfall.portal.partners import facade as partners
from utfall.portal.partners.contracts import BanReason, Reapply, Rejection
from utfall.portal.partners.contracts import State as Standing
from utfall.portal.post.models import Letter
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import LimitDraft, State
from utfall.portal.reports import facade as reports
from utfall.portal.reports.contracts import Rhythm, ScheduleDraft
from utfall.portal.reports.wanted import Wanted
from utfall.portal.validation import facade as validation
from utfall.portal.validation.contracts import Asked
from utfall.portal.webhooks import facade as webhooks
from utfall.portal.webhooks.contracts import Form
from utfall.portal.webhooks.contracts import Standing as Switched
from utfall.portal.webhooks.contracts import State as Sent
from utfall.portal.webhooks.retrying import DISABLED_AFTER, TRIES
from utfall.terms import Measure, Period, Portion

SEK = 1_000_000


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    with receiving() as receiver, living(tmp_path, at(5, 4), receiver) as one:
        yield one


@pytest.mark.slow
def test_a_program_lives_for_six_months(life: Life) -> None:
    for month in (may, june, july, august, september, october):
        month(life)
        prove(life)


def may(life: Life) -> None:
    """It is drafted, goes live, and finds its partners; one of them is not what it seemed."""
    life.program = drafted(life.owner, "Acme Sweden").id
    with pytest.raises(NotFound):
        life.apply(life.blog, "content")
    programs.submit(life.owner, life.program)
    life.clock.until(at(5, 5))
    terms = programs.draft_of(programs.program(life.owner, life.program).terms)
    programs.draft_terms(life.market.operator.caller(), life.program, replace(terms, fee_ppm=200_000))
    programs.change_state(life.market.operator.caller(), life.program, State.ACTIVE)
    for publisher, kind in (
        (life.blog, "content"),
        (life.coupons, "voucher"),
        (life.cashback, "cashback"),
        (life.spam, "content"),
    ):
        partners.decide(life.owner, life.apply(publisher, kind), Standing.APPROVED)
        life.link_of(publisher)
    hook(life.owner, life.receiver.url, kinds=("conversion.recorded",))
    address = (
        f"{life.receiver.url}/cb?tid={{transaction_id}}&click={{click_id}}&sub={{sub1}}&paid={{commission}}"
    )
    postback(life.blog.caller(), address, method="GET")
    turned_down = life.apply(life.late, "content")
    partners.decide(
        life.owner,
        turned_down,
        Standing.REJECTED,
        reason=Rejection.CONTENT,
        note="No posts yet.",
        reapply=Reapply.LATER,
    )
    with pytest.raises(Refused):
        life.apply(life.late, "content")
    links.assign_code(
        life.owner, CodeDraft(program=life.program, publisher=life.coupons.number, code="FJALL10")
    )
    life.days(at(5, 18))
    bought = life.buy(life.click(life.spam))
    kept = life.click(life.spam)
    by_code = life.buy(life.click(life.blog), code="fjall10")
    life.until(at(5, 20))
    assert (life.order(bought).status, life.order(bought).commission_micros) == ("pending", 80 * SEK)
    assert life.order(by_code).publisher == life.coupons.number
    partners.ban(
        life.owner, life.partnership(life.spam), BanReason.FAKE_TRAFFIC, why="All of it from one machine."
    )
    late = life.buy(kept), life.buy(life.click(life.spam))
    verdict = Asked(reference=bought, action="decline", reason="fraud", evidence="One machine, 400 clicks.")
    validation.decide(life.finance, [verdict])
    life.until(at(5, 21))
    assert life.order(bought).status == "declined"
    assert [life.order(one).status for one in late] == ["pending", "unpaid"], "the click was before the ban"
    assert _fate(life, late[1]) == "not_enrolled"
    life.days(at(6, 1))


def june(life: Life) -> None:
    """The commission rises on the 15th, the terms change on the 10th, and a partner becomes golden."""
    before = commission.rules(life.owner, life.program)[0].draft
    higher = replace(before, price=Portion(100_000))
    commission.change_rules(
        life.owner, life.program, [higher], effective_from=at(6, 15, 0), why="Summer sale."
    )
    shown = _weekly_report(life)
    life.days(at(6, 9))
    earlier = life.click(life.blog)
    under_old_terms = life.buy(life.click(life.blog))
    life.until(at(6, 10))
    terms = programs.draft_of(programs.terms_in_force(life.owner, life.program))
    programs.publish_terms(life.owner, life.program, replace(terms, hold_days=20), note="We pay sooner.")
    life.clock.pass_time(hours=1)
    under_new_terms = life.buy(earlier)
    life.until(at(6, 14))
    clicked = life.click(life.blog, sub1="june")
    at_eight = life.buy(clicked)
    life.until(at(6, 16))
    at_ten = life.buy(clicked)
    life.until(at(6, 17))
    assert _terms_shown(life, under_old_terms) == (1, 1)
    assert _terms_shown(life, under_new_terms) == (2, 1)
    assert [life.order(one).commission_micros // SEK for one in (at_eight, at_ten)] == [80, 100]
    _gold(life, higher)
    _refunds(life)
    _by_file(life)
    life.days(at(7, 1))
    (told,) = [one.path for one in life.receiver.got if f"tid={_number(life, at_ten)}&" in one.path]
    click = life.receipts(at_ten)[0]["touch"]
    assert told == f"/cb?tid={_number(life, at_ten)}&click={click}&sub=june&paid=100.00"
    letters = Letter.objects.system().filter(subject__startswith=shown)
    assert letters.count() == 4, "each Monday of June that was left"


def _weekly_report(life: Life) -> str:
    """The owner has a report sent every Monday."""
    kept = reports.save(
        life.owner, "Our partners", Wanted(metrics=("cost", "conversions"), by=("publisher",))
    )
    reports.schedule(life.owner, kept.id, ScheduleDraft(rhythm=Rhythm.WEEKLY))
    return "Our partners"


def _terms_shown(life: Life, order: str) -> tuple[int, int | None]:
    """The versions of the terms that an order's receipt names: at the order, and at the click that won."""
    story = conversions.story(life.blog.caller(), _number(life, order))
    assert story.terms_version is not None
    return story.terms_version, story.click_terms_version


def _number(life: Life, order: str) -> int:
    return life.order(order).id


def _gold(life: Life, higher: RuleDraft) -> None:
    """Who moves to a group is paid by its rule for clicks from then on."""
    gold = programs.create_group(life.owner, life.program, "Gold").id
    golden = replace(higher, name="Gold", price=Portion(120_000), group=gold, rule=None)
    rules = [one.draft for one in commission.rules(life.owner, life.program)]
    commission.change_rules(life.owner, life.program, [golden, *rules], why="For our best.")
    life.until(at(6, 18))
    clicked_before = life.click(life.blog)
    life.until(at(6, 19))
    partners.move(life.owner, life.partnership(life.blog), gold, why="The best of May.")
    life.clock.pass_time(minutes=5)
    bought = life.buy(clicked_before), life.buy(life.click(life.blog))
    life.until(at(6, 20))
    assert [life.order(one).commission_micros // SEK for one in bought] == [100, 120]


def _refunds(life: Life) -> None:
    """In part while it waits, and whole after it was approved."""
    waiting = life.buy(life.click(life.blog))
    approved = "O-1"
    life.until(at(6, 21))
    life.amend(waiting, "refund", amount="250.00", reason="returned")
    assert life.order(approved).status == "approved", "nobody objected for thirty days"
    validation.decide(
        life.finance, [Asked(reference=approved, action="refund", reason="returned", evidence="RMA 7")]
    )
    life.until(at(6, 22))
    assert (life.order(waiting).status, life.order(waiting).commission_micros) == ("pending", 90 * SEK)
    assert (life.order(approved).status, life.order(approved).commission_micros) == ("reversed", 0)
    kinds = [one["kind"] for one in life.receipts(approved)]
    assert kinds == ["conversion", "auto_approve", "refund"]


def _by_file(life: Life) -> None:
    """Ten decisions in a file, three of them bad: the good ones count, the others say why."""
    bought = [life.buy(life.click(life.cashback)) for _ in range(7)]
    life.until(at(6, 24))
    lines = ["order,action,reason,evidence", *(f"{one},approve,," for one in bought[:5])]
    lines += [f"{one},decline,returned,parcel came back" for one in bought[5:]]
    lines += ["O-nowhere,approve,,", f"{bought[0]},explode,,", "O-1,approve,,"]
    batch = validation.upload(life.finance, io.BytesIO("\n".join(lines).encode()), "june.csv", apply=True)
    life.settle()
    life.clock.pass_time(minutes=1)
    life.settle()
    told = validation.batch(life.finance, batch.id)
    assert (told.state.value, told.states) == ("settled", {"accepted": 7, "refused": 3})
    assert [life.order(one).status for one in bought] == ["approved"] * 5 + ["declined"] * 2


def july(life: Life) -> None:
    """The month's budget is nearly used, then used up, then raised; the first commissions are payable."""
    budget = LimitDraft(
        measure=Measure.COST, period=Period.MONTH, cap=3000 * SEK, name="July", is_budget=True
    )
    made = programs.add_limit(life.owner, life.program, budget)
    assert not isinstance(made, int), "no second person is asked for"
    life.days(at(7, 21))
    (raised,) = life.watch()
    assert (raised.kind, raised.facts["limit"]) == (AlertKind.BUDGET, "July")
    assert life.order("O-2").status == "payable"
    assert [one["kind"] for one in life.receipts("O-2")] == ["conversion", "auto_approve", "release"]
    beyond = life.buy(life.click(life.blog))
    life.until(at(7, 22))
    assert (life.order(beyond).status, life.order(beyond).reason) == ("unpaid", "budget_exhausted")
    programs.change_limit(
        life.owner, life.program, made.id, cap=10_000 * SEK, over=made.over, why="It sells."
    )
    again = life.buy(life.click(life.blog))
    life.until(at(7, 23))
    assert life.order(again).commission_micros == 120 * SEK
    assert life.order(beyond).status == "unpaid", "what was refused stays so"
    (reminder,) = life.watch()
    assert (reminder.kind, reminder.facts["until"]) == (AlertKind.REMINDER, "2026-07-25")
    life.days(at(8, 1))


def august(life: Life) -> None:
    """A code is out of hand; orders are missed, and claimed."""
    _leak(life)
    life.until(at(8, 3))
    _claims(life)
    life.days(at(9, 1))


def _leak(life: Life) -> None:
    """Half the orders with the coupon site's code come after a click of the cashback's: it leaked."""
    for _ in range(6):
        life.buy(life.click(life.cashback), code="FJALL10")
        life.buy(life.click(life.coupons), code="FJALL10")
    life.until(at(8, 2))
    (leak,) = links.leaks(life.owner, days=30).leaks
    assert (leak.verdict, leak.orders, leak.elsewhere) == (LeakVerdict.LEAKED, 12, 6)
    links.end_code(life.owner, leak.code.id)
    life.clock.pass_time(hours=1)
    after = life.buy(life.click(life.cashback), code="FJALL10")
    links.assign_code(
        life.owner, CodeDraft(program=life.program, publisher=life.coupons.number, code="STIG12")
    )
    life.settle()
    assert life.order(after).publisher == life.cashback.number


def _claims(life: Life) -> None:
    """One a receipt answers and the shop denies; one the shop grants; one it never looks at."""
    mine, theirs = life.click(life.blog), ""
    life.clock.pass_time(hours=1)
    theirs = life.click(life.cashback)
    lost = life.buy(mine, theirs)
    life.until(at(8, 4))
    answered, granted, forgotten = (_claim(life, one) for one in (lost, "C-granted", "C-forgotten"))
    answer = claims.claim(life.blog.caller(), answered).answer
    assert (answer.finding, answer.is_open) == (Finding.LATER_CLICK_WON, False)
    claims.deny(life.finance, answered, Denial.WON_BY_ANOTHER)
    claims.approve(life.finance, granted, "We found it.")
    life.until(at(8, 5))
    assert claims.claim(life.blog.caller(), answered).state is Claimed.DENIED
    assert (life.order("C-granted").status, life.order("C-granted").publisher) == (
        "approved",
        life.blog.number,
    )
    assert life.source_of("C-granted") == "claim"
    assert claims.claim(life.blog.caller(), forgotten).state is Claimed.OPEN


def _claim(life: Life, order: str) -> int:
    today = at(8, 4).date()
    draft = Draft(
        program=life.program, reference=order, placed_on=today, amount_micros=500 * SEK, note="Ours"
    )
    return claims.file(life.blog.caller(), draft)


def september(life: Life) -> None:
    """The shop's tracking falls silent for days; then the shop's own receiver does."""
    life.days(at(9, 8), clicks=6, orders=4)
    life.days(at(9, 12), clicks=6, orders=0)
    (silent,) = [one for one in life.watch() if one.kind is AlertKind.SILENT]
    assert silent.facts["calls"] == "none", "no call about an order was heard either"
    life.days(at(9, 14), clicks=6, orders=4)
    life.watch()
    assert alerts.alert(life.owner, silent.id).state == "ended"
    _receiver_down(life)
    life.days(at(10, 1))


def _receiver_down(life: Life) -> None:
    """What cannot be delivered for a day is a dead letter; all of it comes by a replay from the cursor."""
    cursor = changes.latest()
    (hook,) = [one for one in webhooks.endpoints(life.owner) if one.form is Form.WEBHOOK]
    life.receiver.usual = 500
    missed = [life.buy(life.click(life.blog))]
    life.settle()
    for _ in range(TRIES):
        life.clock.pass_time(hours=13)
        life.deliver()
    (dead,) = webhooks.sendings(life.owner, endpoint=hook.id, state=Sent.DEAD).items
    assert dead.tries == TRIES
    missed += [life.buy(life.click(life.blog)) for _ in range(DISABLED_AFTER)]
    life.settle()
    for _ in range(DISABLED_AFTER):
        life.clock.pass_time(hours=2)
        life.deliver()
    assert webhooks.endpoint(life.owner, hook.id).state is Switched.DISABLED
    life.receiver.usual = 200
    life.receiver.got.clear()
    webhooks.resume_endpoint(life.owner, hook.id)
    life.settle()
    assert {order for _id, order in _came(life)} == set(missed[1:]), "what waited comes by itself"
    webhooks.replay(life.owner, hook.id, cursor=cursor)
    life.settle()
    assert sorted({order for _id, order in _came(life)}) == sorted(missed)
    assert len({ident for ident, _order in _came(life)}) == len(missed), "what comes twice says so by its id"
    assert webhooks.sendings(life.owner, endpoint=hook.id, state=Sent.DEAD).items == []


def _came(life: Life) -> list[tuple[str, str]]:
    """What the shop's receiver was told: the ids of messages, and the orders they are about."""
    posted = [one for one in life.receiver.got if one.method == "POST"]
    return [(one.id, json.loads(one.body)["data"]["order"]) for one in posted]


def october(life: Life) -> None:
    """Silence approves a claim, the program is paused, goes on, and ends."""
    life.until(at(10, 3, 12))
    life.settle()  # what its clock awarded
    assert life.order("C-forgotten").status == "payable", "its hold began with the order, in August"
    reminders = Letter.objects.system().filter(subject__startswith="A claim waits")
    assert reminders.filter(to="finance@acme-shop.test").count() == 2, "at half and at nine tenths"
    assert reminders.filter(to="finance@acme-agency.test").count() == 2, "who acts for the shop hears it too"
    life.days(at(10, 5))
    programs.change_state(life.owner, life.program, State.PAUSED, "Stocktaking.")
    answer = life.follow_link(life.blog)
    assert (answer.status, answer.location.startswith("https://acme.test/")) == (302, True)
    stopped = life.buy(answer.token)
    life.until(at(10, 8))
    assert (life.order(stopped).status, life.order(stopped).reason) == ("unpaid", "no_touch")
    assert _fate(life, stopped) == "program_not_active"
    programs.change_state(life.owner, life.program, State.ACTIVE)
    paid = life.buy(life.click(life.blog))
    life.days(at(10, 20))
    assert life.order(paid).commission_micros == 120 * SEK
    programs.change_state(life.owner, life.program, State.CLOSED, "We go another way.")
    with pytest.raises((Refused, NotFound)):
        life.apply(life.late, "content")
    with pytest.raises(Refused, match="closed"):
        commission.change_rules(life.owner, life.program, [], why="None.")
    after = life.buy(life.click(life.blog))
    life.until(at(11, 1))
    assert _fate(life, after) == "program_not_active"
    life.until(at(11, 10))
    life.until(at(12, 20))
    owed = {row.status for row in map(life.order, ("O-3", paid))}
    assert owed == {"payable"}, "what was earned is paid, also after the end"


def _fate(life: Life, order: str) -> str:
    """What took the only touch of an order out."""
    (candidate,) = life.receipts(order)[0]["side"]["candidates"]
    return str(candidate["elimination"])
