"""Claims through the real journal, settler and book: answered at once, decided, awarded, and explained."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.portal.claims.conftest import HOUR, OTHER, World
from utfall.portal.access import Forbidden, NotFound, Refused, Role
from utfall.portal.changes import facade as changes
from utfall.portal.claims import awarding, facade
from utfall.portal.claims.contracts import Award, Denial, Finding, State, Upload
from utfall.portal.claims.models import Claim
from utfall.portal.conversions import facade as conversions
from utfall.portal.post.models import Letter
from utfall.portal.site import site
from utfall.workers.follow import catch_up

PDF = b"%PDF-1.7\n1 0 obj"


def finding(world: World, name: str) -> Any:
    return facade.claim(world.publisher(), world.file(name)).answer


def test_an_order_of_a_later_click_of_another_is_told_without_a_name(world: World) -> None:
    mine, theirs = world.click(world.now - 3 * HOUR), world.click(world.now - 2 * HOUR, OTHER)
    world.settle(mine, theirs, world.order("A-1", world.now - HOUR, mine, theirs))
    answer = finding(world, "A-1")
    assert answer.finding is Finding.LATER_CLICK_WON
    assert answer.click_at.timestamp() * 1000 == mine.occurred_at
    assert not answer.is_open
    assert str(OTHER) not in repr(facade.claims(world.publisher()).items)


def test_each_row_of_the_table_is_answered(world: World) -> None:
    theirs = world.click(world.now - 2 * HOUR, OTHER)
    late = world.click(world.now)
    old = world.click(world.now - 200 * 24 * HOUR)
    world.settle(
        theirs,
        world.order("theirs", world.now - HOUR, theirs),
        world.order("nobodys", world.now - HOUR),
        world.order("old", world.now - HOUR, old),
        late,
    )
    assert finding(world, "unknown").finding is Finding.ORDER_UNKNOWN
    assert finding(world, "theirs").finding is Finding.NO_CLICK
    nobodys = finding(world, "nobodys")
    assert (nobodys.finding, nobodys.is_open) == (Finding.NO_CLICK, True)
    elder = finding(world, "old")
    assert (elder.finding, elder.rule, elder.is_open) == (Finding.CLICK_DID_NOT_COUNT, "outside_window", True)


def test_what_is_ones_own_already_is_refused(world: World) -> None:
    mine = world.click(world.now - 2 * HOUR)
    world.settle(mine, world.order("A-1", world.now - HOUR, mine))
    with pytest.raises(Refused, match="yours already"):
        world.file("A-1")


def test_remarks_say_what_differs(world: World) -> None:
    world.settle(world.order("A-1", world.now - HOUR, amount=500))
    assert "amount_differs" in finding(world, "A-1").remarks


def test_an_approved_claim_of_an_unknown_order_reaches_the_book(world: World) -> None:
    world.settle(world.order("seed", world.now - HOUR))
    number = world.file("A-9", 200)
    facade.approve(world.advertiser(), number, "We found it.")
    world.settle()
    view = facade.claim(world.publisher(), number)
    assert (view.state, view.award) == (State.APPROVED, Award.BOOKED)
    row = world.standing("A-9")
    assert (row.status, row.publisher) == ("approved", world.side.publisher.number)
    assert row.commission_micros == view.commission_micros == 16_000_000
    assert view.receipt
    catch_up(Path(site().book_path), print)
    (order,) = conversions.conversions(world.advertiser(), conversions.Filters(source="claim")).items
    assert order.reference == "A-9"


def test_an_award_is_merged_into_an_order_that_is_nobodys(world: World) -> None:
    world.settle(world.order("A-2", world.now - HOUR, amount=500))
    number = world.file("A-2", 700)
    facade.approve(world.advertiser(), number)
    world.settle()
    row = world.standing("A-2")
    assert (row.status, row.amount_micros, row.commission_micros) == ("approved", 500_000_000, 40_000_000)


def test_an_order_of_anothers_is_awarded_as_goodwill_and_stays_theirs(world: World) -> None:
    theirs = world.click(world.now - 2 * HOUR, OTHER)
    world.settle(theirs, world.order("A-1", world.now - HOUR, theirs))
    number = world.file("A-1")
    facade.approve(world.advertiser(), number)
    world.settle()
    assert world.standing("A-1").publisher == OTHER
    assert world.standing(f"claim-{number}").publisher == world.side.publisher.number
    assert facade.claim(world.publisher(), number).award is Award.BOOKED


def test_an_award_is_written_once_however_often_it_is_begun(world: World) -> None:
    world.settle(world.order("A-2", world.now - HOUR, amount=500))
    number = world.file("A-2")
    facade.approve(world.advertiser(), number)
    Claim.objects.system().filter(pk=number).update(award=Award.WRITING.value)
    awarding.write(number)
    world.settle()
    assert world.standing("A-2").commission_micros == 40_000_000
    assert facade.claim(world.publisher(), number).award is Award.BOOKED


def pass_time(number: int, days: float) -> None:
    """Let the claim be that much older."""
    row = Claim.objects.system().get(pk=number)
    row.filed_at -= timedelta(days=days)
    row.due_at -= timedelta(days=days)
    row.asked_at = row.asked_at - timedelta(days=days) if row.asked_at else None
    row.save()


def test_silence_approves_what_the_receipts_leave_open_and_nothing_else(world: World) -> None:
    theirs = world.click(world.now - 2 * HOUR, OTHER)
    world.settle(
        theirs, world.order("theirs", world.now - HOUR, theirs), world.order("free", world.now - HOUR)
    )
    free, taken = world.file("free"), world.file("theirs")
    facade.see_to_clocks()
    assert facade.claim(world.publisher(), free).state is State.OPEN
    for number in (free, taken):
        pass_time(number, 61)
    facade.see_to_clocks()
    world.settle()
    assert facade.claim(world.publisher(), free).state is State.AUTO_APPROVED
    assert facade.claim(world.publisher(), free).award is Award.BOOKED
    denied = facade.claim(world.publisher(), taken)
    assert (denied.state, denied.denial) == (State.DENIED, Denial.RECEIPT_STANDS)


def test_reminders_come_at_half_and_at_nine_tenths_of_the_time(world: World) -> None:
    number = world.file("A-1")
    pass_time(number, 31)
    facade.see_to_clocks()
    facade.see_to_clocks()
    assert Claim.objects.system().get(pk=number).reminded == 50
    pass_time(number, 24)
    facade.see_to_clocks()
    assert Claim.objects.system().get(pk=number).reminded == 90
    to = f"finance@{world.side.advertiser.slug}.test"
    assert Letter.objects.system().filter(to=to, subject__startswith="A claim waits").count() == 2


def test_a_question_stops_the_clock_and_an_answer_starts_it(world: World) -> None:
    number = world.file("A-1")
    facade.ask(world.advertiser(), number, "Which customer?")
    pass_time(number, 10)
    facade.see_to_clocks()
    assert facade.claim(world.publisher(), number).state is State.MORE_INFO
    facade.reply(world.publisher(), number, "This one.", [Upload("mail.pdf", io.BytesIO(PDF))])
    view = facade.claim(world.publisher(), number)
    assert view.state is State.OPEN
    assert view.due_at - timezone.now() > timedelta(days=59)
    said = facade.messages(world.advertiser(), number)
    assert [one.side for one in said] == ["publisher", "advertiser", "publisher"]
    assert facade.proof(world.advertiser(), number, said[-1].proofs[0].id) == ("mail.pdf", PDF)
    facade.ask(world.advertiser(), number, "And?")
    pass_time(number, 31)
    facade.see_to_clocks()
    assert facade.claim(world.publisher(), number).denial == Denial.NO_ANSWER


def test_a_claim_keeps_the_clock_of_its_filing(world: World) -> None:
    first = world.file("A-1")
    facade.set_clock(world.advertiser(Role.OWNER), world.program, 14)
    second = world.file("A-2")
    days = [
        (view.due_at - view.filed_at).days
        for view in (facade.claim(world.publisher(), one) for one in (first, second))
    ]
    assert days == [60, 14]


def test_who_may_file_and_who_may_decide(world: World) -> None:
    with pytest.raises(Forbidden):
        facade.file(world.publisher(Role.VIEWER), world.draft("A-1"))
    number = world.file("A-1")
    with pytest.raises(Refused):
        world.file("A-1")
    with pytest.raises(Forbidden):
        facade.approve(world.advertiser(Role.DEVELOPER), number)
    with pytest.raises((Forbidden, NotFound)):
        facade.approve(world.side.publisher.caller(), number)
    with pytest.raises(NotFound):
        facade.claim(world.market.b.publisher.caller(), number)
    with pytest.raises(NotFound):
        facade.file(world.market.b.publisher.caller(), world.draft("A-1"))
    facade.deny(world.advertiser(), number, Denial.NO_SUCH_ORDER)
    with pytest.raises(Refused):
        facade.approve(world.advertiser(), number)


def test_a_file_that_is_no_proof_is_refused(world: World) -> None:
    for content in (b"MZ", b"<svg>", b"%PDF-" + bytes(6 << 20)):
        with pytest.raises(Refused):
            facade.file(world.publisher(), world.draft("A-1"), [Upload("a.pdf", io.BytesIO(content))])


def test_both_sides_hear_of_it(world: World) -> None:
    number = world.file("A-1")
    facade.ask(world.advertiser(), number, "Which?")
    facade.reply(world.publisher(), number, "This.")
    facade.deny(world.advertiser(), number, Denial.PROOF_INSUFFICIENT)
    for caller in (world.publisher(), world.advertiser()):
        told = [
            one.kind.value
            for one in changes.changes(caller, limit=200).items
            if one.subject == f"claim:{number}"
        ]
        assert told == ["claim.filed", "claim.asked", "claim.answered", "claim.denied"]
    subjects = set(Letter.objects.system().values_list("subject", flat=True))
    assert "Your claim for order A-1 was denied" in subjects
    record = facade.records([world.program])[world.program]
    assert (record.decided, record.approved) == (1, 0)
