"""What stood after an entry, asked of every entry of the life that docs/algorithms/money.md works by hand."""

from collections import Counter
from pathlib import Path

import pytest

from tests.scenarios.test_money_life import Office, Patient, first_half, second_half
from utfall.portal.book import facade
from utfall.portal.book.facade import Book


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The life, settled once."""
    folder: Path = tmp_path_factory.mktemp("past")
    world = Patient(folder)
    office = Office(world)
    with world.settler:
        first_half(office)
        second_half(office)
    return world.book


def test_what_stood_after_each_entry_is_what_the_entries_until_then_moved(book: Book) -> None:
    last = facade.last_transaction(book)
    stood: Counter[tuple[str, int, str, str]] = Counter()
    for number in range(1, last + 1):
        for one in facade.entries_of(book, number):
            stood[one.owner, one.owner_id, one.bucket, one.currency] += one.amount_micros
        then = {
            (one.owner, one.owner_id, one.bucket, one.currency): one.balance_micros
            for one in facade.balances_then(book, number)
        }
        assert then == {key: stood[key] for key in then}, number
        assert {key for key in stood if stood[key]} <= then.keys()
    assert facade.balances_then(book, last) == facade.balances(book)
    assert not any(one.balance_micros for one in facade.balances_then(book, 0))


def test_what_is_known_of_another_entry_changes_no_answer(book: Book) -> None:
    last = facade.last_transaction(book)
    places = range(0, last + 1, 5)
    stood = {number: facade.balances_then(book, number) for number in places}
    for place in places:
        known = facade.Known(place, facade.moved_by_account(book, 0, place))
        for number in places:
            assert facade.balances_then(book, number, known) == stood[number], (place, number)
    # Taken where it is nearest, and nowhere else.
    wrong = facade.Known(last // 2, {1: 1})
    assert facade.balances_then(book, last // 2, wrong) != facade.balances_then(book, last // 2)
    assert facade.balances_then(book, last, wrong) == facade.balances(book)


def test_histories_differ_from_batch_to_batch(book: Book) -> None:
    numbers = range(1, facade.last_transaction(book) + 1)
    assert len({facade.history_through(book, number) for number in numbers}) > 20
    assert facade.history_through(book, 0) == ""


def test_papers_that_were_open_come_to_what_was_receivable_after_each_entry(book: Book) -> None:
    seen: set[tuple[str, int]] = set()
    for number in range(facade.last_transaction(book) + 1):
        papers = facade.papers_open_then(book, number)
        receivable = sum(
            one.balance_micros for one in facade.balances_then(book, number) if one.bucket == "receivable"
        )
        assert sum(one.open_micros for one in papers) == receivable, number
        seen.update((one.name, one.open_micros) for one in papers)
    # Both are paid by now; the credit note waited for the deposit with an amount below zero.
    assert seen == {("A-2026-000001", 272_490_000), ("A-2026-000002", -59_990_000)}


def test_money_of_unknown_owners_comes_to_what_was_in_suspense_after_each_entry(book: Book) -> None:
    seen: set[tuple[str, int]] = set()
    for number in range(facade.last_transaction(book) + 1):
        unowned = facade.unowned_then(book, number)
        suspense = sum(
            one.balance_micros for one in facade.balances_then(book, number) if one.bucket == "suspense"
        )
        assert sum(one.amount_micros for one in unowned) == -suspense, number
        seen.update((one.identity, one.amount_micros) for one in unowned)
    assert seen == {("B2", 50_000_000)}


def test_fees_by_advertiser_come_to_the_fees(book: Book) -> None:
    last = facade.last_transaction(book)
    for after, through in ((0, last), (0, last // 2), (last // 2, last), (last, last)):
        told = facade.fees_by_advertiser(book, after, through)
        sums = [(one.currency, one.micros) for one in facade.fees_between(book, after, through)]
        assert [(one.currency, one.micros) for one in told] == sums
        assert {one.advertiser for one in told} <= {1}


def test_an_entry_was_settled_by_the_clock_of_its_batch(book: Book) -> None:
    last = facade.last_transaction(book)
    times = [facade.settled_at(book, number) for number in range(1, last + 1)]
    assert times == sorted(times)
    assert times[-1] == facade.settled_until(book)
    for number in (1, last // 2, last):
        assert facade.transaction_at(book, times[number - 1]) >= number
        assert facade.transaction_at(book, times[number - 1] - 1) < number
