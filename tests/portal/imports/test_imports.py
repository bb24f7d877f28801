"""Files of other networks, from upload to undo, through the real work queue, journal, settler and book."""

import time
from datetime import UTC, datetime

import pytest

from tests.portal.imports.conftest import Moving, work_off
from tests.portal.imports.files import (
    AWIN_PUBLISHERS,
    AWIN_TRANSACTIONS,
    DUB_LINKS,
    DUB_PARTNERS,
    DUB_SALES,
    IMPACT_ACTIONS,
    IMPACT_CODES,
    IMPACT_PARTNERS,
    SALES_HEAD,
)
from utfall.portal.access import Forbidden, Refused, Role
from utfall.portal.imports import facade
from utfall.portal.imports.contracts import (
    Booking,
    Dates,
    Decimals,
    Kind,
    Ledger,
    Network,
    RowState,
    State,
    Verdict,
)
from utfall.portal.imports.networks import detected
from utfall.portal.links import facade as links
from utfall.portal.partners import facade as partners
from utfall.portal.partners.contracts import State as Standing


@pytest.mark.parametrize(
    ("text", "network", "kind"),
    [
        (AWIN_PUBLISHERS, Network.AWIN, Kind.PUBLISHERS),
        (AWIN_TRANSACTIONS.replace(";", ","), Network.AWIN, Kind.TRANSACTIONS),
        (IMPACT_CODES, Network.IMPACT, Kind.CODES),
        (IMPACT_ACTIONS, Network.IMPACT, Kind.TRANSACTIONS),
        (IMPACT_PARTNERS, Network.IMPACT, Kind.PUBLISHERS),
        (DUB_PARTNERS, Network.DUB, Kind.PUBLISHERS),
        (DUB_LINKS, Network.DUB, Kind.LINKS),
        (DUB_SALES, Network.DUB, Kind.TRANSACTIONS),
    ],
)
def test_network_and_kind_are_told_by_the_heading(text: str, network: Network, kind: Kind) -> None:
    assert detected(text.partition("\n")[0].split(",")) == (network, kind)


def test_publishers_become_partners_once(moving: Moving) -> None:
    made = moving.checked(AWIN_PUBLISHERS)
    assert moving.verdicts(made.id) == [
        (Verdict.NEW, ""),
        (Verdict.NEW, ""),
        (Verdict.LEFT_OUT, "not_active_there"),
        (Verdict.UNREADABLE, "name_missing"),
        (Verdict.CONFLICT, "twice"),
    ]
    before = partners.counts(moving.caller(), program=moving.program)[Standing.APPROVED]
    assert before == 1, "a preview leaves nothing behind"
    assert moving.applied(made.id).state is State.DONE
    assert partners.counts(moving.caller(), program=moving.program)[Standing.APPROVED] == 3
    again = moving.done(AWIN_PUBLISHERS)
    assert again.verdicts[Verdict.HERE] == 2
    assert partners.counts(moving.caller(), program=moving.program)[Standing.APPROVED] == 3


def test_somebody_who_is_here_is_only_ever_invited(moving: Moving) -> None:
    other = moving.market.b.publisher
    text = f"Publisher ID,Publisher Name,Publisher Type\n7,{other.name},Content\n8,Acme Blog,Content\n"
    made = moving.checked(text)
    assert moving.verdicts(made.id) == [(Verdict.CONFLICT, "publisher_known"), (Verdict.NEW, "is_partner")]
    invited = moving.done(text, letters=True)
    assert moving.rows(invited.id)[0].code == "is_invited"
    view = partners.partnership_in(moving.caller(), moving.program, other.number)
    assert view is not None
    assert view.state is Standing.INVITED


def test_links_and_codes_follow_their_publishers(moving: Moving) -> None:
    unknown = moving.checked(DUB_LINKS)
    assert {code for _verdict, code in moving.verdicts(unknown.id)} == {"publisher_unknown"}
    moving.done(DUB_PARTNERS)
    made = moving.done(DUB_LINKS)
    assert moving.verdicts(made.id) == [
        (Verdict.NEW, ""),
        (Verdict.NEW, ""),
        (Verdict.CONFLICT, "destination_elsewhere"),
        (Verdict.CONFLICT, "publisher_unknown"),
    ]
    row = moving.rows(made.id)[0]
    assert row.made is not None
    assert links.link(moving.caller(), row.made).key == "fjord"
    assert moving.done(DUB_LINKS).verdicts[Verdict.HERE] == 2
    moving.done(IMPACT_PARTNERS.replace("Fjord Review", "Fjord Review "))
    codes = moving.done(IMPACT_CODES.replace("502", "501"))
    assert moving.verdicts(codes.id) == [
        (Verdict.NEW, ""),
        (Verdict.LEFT_OUT, "ended_there"),
        (Verdict.CONFLICT, "code_unfit"),
    ]
    assert moving.done(IMPACT_CODES.replace("502", "501")).verdicts[Verdict.HERE] == 1


def test_transactions_are_history_and_are_compared_with_our_terms(moving: Moving) -> None:
    moving.done(AWIN_PUBLISHERS)
    moving.seal()
    made = moving.done(AWIN_TRANSACTIONS)
    assert made.options.decimals is Decimals.COMMA
    assert moving.verdicts(made.id) == [
        (Verdict.NEW, ""),
        (Verdict.NEW, ""),
        (Verdict.NEW, ""),
        (Verdict.CONFLICT, "publisher_unknown"),
        (Verdict.LEFT_OUT, "not_a_sale"),
        (Verdict.UNREADABLE, "status_unknown"),
        (Verdict.UNREADABLE, "amount_unreadable"),
        (Verdict.UNREADABLE, "date_unreadable"),
        (Verdict.CONFLICT, "twice"),
    ]
    (compared,) = made.compared
    assert (compared.rows, compared.compared, compared.differing) == (3, 3, 1)
    assert compared.theirs_micros == 100_500_000
    assert compared.ours_micros == 108_000_000
    assert compared.difference_micros == 7_500_000
    found = facade.transactions(moving.caller()).items
    assert {one.booking for one in found} == {Booking.NONE}
    assert moving.done(AWIN_TRANSACTIONS).verdicts[Verdict.HERE] == 3
    assert len(facade.transactions(moving.caller()).items) == 3


def test_a_state_that_changed_there_changes_here_and_back(moving: Moving) -> None:
    moving.done(AWIN_PUBLISHERS)
    first = moving.done(AWIN_TRANSACTIONS)
    later = AWIN_TRANSACTIONS.replace("9003;Fjord Review;501;pending", "9003;Fjord Review;501;approved")
    second = moving.done(later)
    assert second.verdicts[Verdict.CHANGED] == 1
    assert status_of(moving, "A-3") == "approved"
    stays = moving.undone(first.id)
    assert stays.state is State.PART_UNDONE
    assert [one.code for one in moving.rows(first.id) if one.state is RowState.STAYS] == ["changed_since"]
    assert moving.undone(second.id).state is State.UNDONE
    assert status_of(moving, "A-3") == "pending"
    assert moving.undone(first.id).state is State.UNDONE
    assert not facade.transactions(moving.caller()).items


def status_of(moving: Moving, reference: str) -> str:
    (found,) = facade.transactions(moving.caller(), search=reference).items
    return found.status.value


def sale(number: int, status: str, paid: str, when: datetime, amount: str = "100.00") -> str:
    return f"{number},,{status},{paid},{amount},SEK,{when.isoformat()},S-{number}"


def test_what_the_terms_allow_is_settled_and_taken_back(moving: Moving) -> None:
    now = datetime.now(UTC)
    time.sleep(0.01)
    old = now.replace(year=now.year - 1)
    lines = [
        SALES_HEAD,
        sale(1, "approved", "8.00", now),
        sale(2, "pending", "8.00", now),
        sale(3, "approved", "9.00", now),
        sale(4, "declined", "8.00", now),
        sale(5, "approved", "8.00", old),
    ]
    partner = moving.market.a.publisher.number
    made = moving.done("\n".join(lines), ledger=Ledger.SETTLE, partner=partner)
    assert [code for _verdict, code in moving.verdicts(made.id)] == [
        "",
        "",
        "price_differs",
        "declined_there",
        "before_terms",
    ]
    moving.settle()
    assert (moving.status("S-1"), moving.status("S-2")) == ("approved", "pending")
    booked = {one.reference: one for one in facade.transactions(moving.caller()).items}
    assert booked["S-1"].booking is booked["S-2"].booking is Booking.BOOKED
    assert booked["S-3"].booking is Booking.NONE
    again = moving.done("\n".join(lines), ledger=Ledger.SETTLE, partner=partner)
    assert again.wanted == 0
    undone = moving.undone(made.id)
    assert undone.state is State.UNDONE
    moving.settle()
    assert (moving.status("S-1"), moving.status("S-2")) == ("reversed", "declined")


def test_an_order_of_the_book_is_never_settled_twice(moving: Moving) -> None:
    now = datetime.now(UTC)
    time.sleep(0.01)
    partner = moving.market.a.publisher.number
    text = "\n".join([SALES_HEAD, sale(1, "approved", "8.00", now)])
    moving.done(text, ledger=Ledger.SETTLE, partner=partner)
    moving.settle()
    other = text.replace("\n1,", "\n77,")
    made = moving.done(other, ledger=Ledger.SETTLE, partner=partner)
    assert moving.verdicts(made.id) == [(Verdict.NEW, "order_in_book")]
    changed = moving.checked(text.replace(",8.00,", ",7.00,"), partner=partner)
    assert moving.verdicts(changed.id) == [(Verdict.CONFLICT, "in_the_book")]


def test_undoing_leaves_what_something_depends_on(moving: Moving) -> None:
    people = moving.done(DUB_PARTNERS)
    made = moving.done(DUB_LINKS)
    stays = moving.undone(people.id)
    assert stays.state is State.PART_UNDONE
    assert stays.codes["has_links"] == 1
    assert moving.undone(made.id).state is State.UNDONE
    assert moving.undone(people.id).state is State.UNDONE
    number = moving.rows(people.id)[0].made
    assert number is not None
    view = partners.partnership_in(moving.caller(), moving.program, number)
    assert view is not None
    assert view.state is Standing.PAUSED
    back = moving.done(DUB_PARTNERS)
    assert moving.rows(back.id)[0].code == "comes_back"
    assert moving.rows(moving.done(DUB_LINKS).id)[0].code == "comes_back"


def test_nothing_is_guessed(moving: Moving) -> None:
    who = moving.caller()
    made = moving.upload(f"{SALES_HEAD}\n1,7,approved,1.200,2.400,SEK,03/04/2026,X\n")
    told = facade.mapping(who, made.id)
    assert (told.options.dates, told.options.decimals) == (None, None)
    with pytest.raises(Refused) as refused:
        facade.map_columns(who, made.id, {one.name: one.column for one in told.fields}, told.options)
    assert {one.code for one in refused.value.problems} == {"dates_needed", "decimals_needed"}
    clear = moving.upload(f"{SALES_HEAD}\n1,7,approved,1.200,2.400.10,SEK,23/04/2026,X\n")
    assert facade.mapping(who, clear.id).options.dates is Dates.DAY_FIRST


def test_a_file_that_is_no_table_is_refused(moving: Moving) -> None:
    for text, code in (
        ("", "file_empty"),
        ("a\nb\n", "no_heading"),
        ("a,b\n", "no_rows"),
        ("\0,b\n1,2", "file_not_text"),
    ):
        with pytest.raises(Refused) as refused:
            moving.upload(text)
        assert refused.value.problems[0].code == code


def test_an_import_that_stopped_half_way_goes_on(moving: Moving) -> None:
    from utfall.portal.imports.models import Import, Row
    from utfall.portal.work import facade as work

    made = moving.done(AWIN_PUBLISHERS)
    Row.objects.system().filter(source=made.id, number=2).update(state=RowState.JUDGED.value)
    Import.objects.system().filter(pk=made.id).update(state=State.IMPORTING.value, done=1)
    assert made.work is not None
    assert work.task(moving.caller(), made.work).has_ended
    assert moving.applied(made.id).state is State.DONE
    assert partners.counts(moving.caller(), program=moving.program)[Standing.APPROVED] == 3


def test_a_check_that_was_cancelled_can_be_asked_for_again(moving: Moving) -> None:
    from utfall.portal.work import facade as work

    who, made = moving.caller(), moving.upload(AWIN_PUBLISHERS)
    told = facade.mapping(who, made.id)
    columns = {one.name: one.column for one in told.fields}
    started = facade.map_columns(who, made.id, columns, told.options)
    with pytest.raises(Refused):
        facade.map_columns(who, made.id, columns, told.options)
    assert started.work is not None
    work.cancel(who, started.work)
    facade.map_columns(who, made.id, columns, told.options)
    work_off()
    assert facade.imported(who, made.id).state is State.CHECKED


def test_who_may_import(moving: Moving) -> None:
    with pytest.raises(Forbidden):
        moving.upload(AWIN_PUBLISHERS, caller=moving.caller(Role.FINANCE))
    operator = moving.market.operator.caller()
    made = moving.done(DUB_PARTNERS, caller=operator, letters=True)
    assert made.advertiser == moving.market.a.advertiser.number
    manager = moving.caller(Role.MANAGER)
    other = moving.market.b.advertiser.caller()
    assert facade.imported(manager, made.id).id == made.id
    assert not facade.imports(other).items
