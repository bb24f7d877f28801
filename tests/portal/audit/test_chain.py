"""The log: written with the change, chained, and not to be edited by anybody."""

from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction

from tests.portal.market import TwoTenants
from utfall.engine.receipts import canonical
from utfall.money import Money
from utfall.portal.access import Permission, Role
from utfall.portal.audit import facade
from utfall.portal.audit.chain import GENESIS, document
from utfall.portal.audit.contracts import Filters
from utfall.portal.audit.models import AuditEntry
from utfall.portal.databases import on_server


def change(market: TwoTenants, number: int = 7, why: str = "") -> int:
    return facade.record(
        market.a.advertiser.caller(),
        action="rule.change",
        subject=f"rule {number}",
        before={"share": 50_000, "cap": Money(10_000_000, "SEK")},
        after={"share": 80_000, "cap": Money(10_000_000, "SEK")},
        why=why,
    )


def test_an_entry_says_who_what_whom_and_why(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    entry = facade.entry(caller, change(market, why="more leads"))
    assert (entry.action, entry.subject, entry.why) == ("rule.change", "rule 7", "more leads")
    assert (entry.actor, entry.user, entry.via) == (caller.actor, caller.user, "user")
    assert (entry.advertiser, entry.publisher) == (caller.number, None)
    assert facade.changes(entry) == [("share", "50000", "80000")]


def test_the_chain_holds_and_can_be_computed_from_outside(market: TwoTenants) -> None:
    first = facade.verify().checked
    change(market)
    change(market, 8)
    verdict = facade.verify()
    assert verdict.holds
    assert verdict.checked == first + 2
    prior = GENESIS
    for row in AuditEntry.objects.system().order_by("seq"):
        assert row.prior == prior
        prior = sha256(canonical(document(row))).hexdigest()
        assert row.hash == prior
    assert verdict.head == prior


def test_an_entry_is_neither_changed_nor_removed_nor_replaced(market: TwoTenants) -> None:
    seq = change(market)
    for statement in (
        f"UPDATE audit_auditentry SET why = 'else' WHERE seq = {seq}",
        f"DELETE FROM audit_auditentry WHERE seq = {seq}",
        f"INSERT OR REPLACE INTO audit_auditentry SELECT * FROM audit_auditentry WHERE seq = {seq}",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert facade.verify().holds


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE audit_auditentry SET why = 'forged' WHERE seq = {0}", "changed"),
        ("UPDATE audit_auditentry SET prior = '" + "1" * 64 + "' WHERE seq = {0}", "unlinked"),
        ("DELETE FROM audit_auditentry WHERE seq = {0}", "missing"),
    ],
)
def test_a_forgery_behind_the_triggers_is_found(market: TwoTenants, statement: str, reason: str) -> None:
    forged = change(market)
    change(market, 8)
    table = " ON audit_auditentry" if on_server(connection.alias) else ""
    with connection.cursor() as cursor:
        for guard in ("changed", "deleted"):
            cursor.execute(f"DROP TRIGGER audit_entry_is_not_{guard}{table}")
        cursor.execute(statement.format(forged))
    verdict = facade.verify()
    assert (verdict.broken_at, verdict.reason) == (forged, reason)


def test_a_change_that_is_rolled_back_leaves_no_entry(market: TwoTenants) -> None:
    before = facade.verify().checked
    with transaction.atomic():
        change(market)
        transaction.set_rollback(True)
    assert facade.verify().checked == before


def test_a_float_has_no_place_in_the_log(market: TwoTenants) -> None:
    with pytest.raises(TypeError):
        facade.record(None, action="x", subject="x", before=None, after={"rate": 0.1})


def test_others_see_what_concerns_them_but_not_who_did_it(market: TwoTenants) -> None:
    seq = facade.record(
        market.a.advertiser.caller(),
        action="partner.pause",
        subject="partnership 3",
        before=None,
        after=None,
        advertiser=market.a.advertiser.number,
        publisher=market.a.publisher.number,
    )
    assert facade.entry(market.a.publisher.caller(), seq).actor == ""
    assert facade.entry(market.a.agency.caller(), seq).actor
    seen = [one.seq for one in facade.entries(market.b.advertiser.caller()).items]
    assert seq not in seen


def test_the_log_is_filtered_and_read_by_cursor(market: TwoTenants) -> None:
    numbers = [change(market, number) for number in range(5)]
    caller = market.a.advertiser.caller()
    part = facade.entries(caller, Filters(action="rule.change"), limit=3)
    assert [one.seq for one in part.items] == numbers[:1:-1]
    rest = facade.entries(caller, Filters(action="rule.change"), after=part.following, limit=3)
    assert [one.seq for one in rest.items] == numbers[1::-1]
    assert rest.following is None
    assert [one.seq for one in facade.entries(caller, Filters(words="rule 4")).items] == [numbers[4]]


def test_the_export_carries_the_hashes(market: TwoTenants) -> None:
    change(market)
    caller = market.a.advertiser.caller()
    lines = list(facade.export_lines(caller, Filters(action="rule.change")))
    assert facade.verify().head in lines[-1]
    rows = list(facade.export_csv(caller, Filters(action="rule.change")))
    assert rows[0].startswith("\ufeffseq,at,action")
    assert facade.verify().head in rows[-1]


def test_the_log_needs_its_permission(market: TwoTenants) -> None:
    viewer = market.a.advertiser.caller(Role.VIEWER)
    assert not viewer.may(Permission.AUDIT)
    from utfall.portal.access import Forbidden

    with pytest.raises(Forbidden):
        facade.entries(viewer)
