"""Receipts verify offline with the public key alone, and nothing in them can be changed unnoticed."""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.world import NOON, WORKED, World
from utfall.journal.errors import KeyFileInvalid
from utfall.portal.book import facade
from utfall.portal.book.facade import PUBLIC_KEY, export_receipt
from utfall.workers.signing import (
    PRIVATE_KEY,
    load_or_create_signer,
    load_signer,
    verify_receipt,
)

Document = dict[str, Any]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A batch of seven receipts: five orders, two of them refused as duplicates at once."""
    world = World(tmp_path_factory.mktemp("world"))
    click = world.click(at=NOON - 1000)
    sales = [world.sale(f"A-{number}", *WORKED, clicks=[click]) for number in range(5)]
    world.settle(*sales, sales[0], sales[1])
    return world


@pytest.fixture(scope="module")
def public_key(world: World) -> bytes:
    return (world.config.keys_dir / PUBLIC_KEY).read_bytes()


def test_every_receipt_verifies_for_both_parties(world: World, public_key: bytes) -> None:
    for number in range(1, 8):
        for party in ("advertiser", "publisher"):
            document = export_receipt(world.book, number, party, public_key)
            assert verify_receipt(document, public_key) == []
            assert (document["index"], document["count"]) == (number - 1, 7)


def test_a_party_is_shown_its_own_side_only(world: World, public_key: bytes) -> None:
    shown = export_receipt(world.book, 1, "publisher", public_key)
    assert "fee_micros" not in shown["side"]
    assert "fee_micros" not in shown["body"]
    assert "fee_micros" in export_receipt(world.book, 1, "advertiser", public_key)["side"]


def test_an_unknown_receipt_is_not_exported(world: World, public_key: bytes) -> None:
    with pytest.raises(facade.Unknown):
        export_receipt(world.book, 8, "publisher", public_key)


def replaced(name: str, old: str, new: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        assert old in document[name]
        document[name] = document[name].replace(old, new)

    return change


CHANGES: dict[str, Callable[[Document], None]] = {
    "more commission": replaced("side", "115260000", "915260000"),
    "another status": replaced("body", "pending", "payable"),
    "another place": lambda document: document.update(index=3),
    "an impossible place": lambda document: document.update(index=7),
    "another batch": lambda document: document.update(batch=2),
    "more receipts": lambda document: document.update(count=8),
    "fewer receipts": lambda document: document.update(count=3),
    "no path": lambda document: document.update(path=()),
    "a longer path": lambda document: document.update(path=(*document["path"], "00" * 32)),
    "another path": lambda document: document.update(path=("00" * 32, *document["path"][1:])),
    "no signature": lambda document: document.update(signature=""),
    "another key": lambda document: document.update(key="0" * 16),
    "the other party": lambda document: document.update(party="advertiser"),
    "no hex": lambda document: document.update(signature="zz"),
    "no body": lambda document: document.update(body="[]"),
    "parties that are no list": lambda document: document.update(body='{"sides": {"parties": 7}}'),
    "a body that is no JSON": lambda document: document.update(body="{"),
    "nothing": lambda document: document.clear(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_is_changed_is_found(
    world: World, public_key: bytes, change: Callable[[Document], None]
) -> None:
    document = export_receipt(world.book, 1, "publisher", public_key)
    change(document)
    findings = verify_receipt(document, public_key)
    assert findings
    assert all(finding.endswith(".") for finding in findings)


def test_another_key_does_not_verify(world: World, public_key: bytes, tmp_path: Path) -> None:
    load_or_create_signer(tmp_path)
    document = export_receipt(world.book, 1, "publisher", public_key)
    assert len(verify_receipt(document, (tmp_path / PUBLIC_KEY).read_bytes())) == 2


def test_the_private_key_is_private_and_made_once(tmp_path: Path) -> None:
    first = load_or_create_signer(tmp_path)
    assert stat.S_IMODE((tmp_path / PRIVATE_KEY).stat().st_mode) == 0o600
    assert load_or_create_signer(tmp_path).key_id == first.key_id


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\n"])
def test_a_damaged_key_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / PRIVATE_KEY).write_bytes(content)
    with pytest.raises(KeyFileInvalid):
        load_signer(tmp_path / PRIVATE_KEY)
    with pytest.raises(KeyFileInvalid):
        verify_receipt({}, content)
