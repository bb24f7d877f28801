"""Receipts are canonical, chained, open to both parties only where they may be, and proved by a tree."""

from hashlib import blake2b, sha256
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.ledger import SECRET, Ledger
from tests.unit.engine.market import NOON, click, order, snapshot
from utfall.engine.documents import DOCUMENTS, PublisherSide, write
from utfall.engine.receipts import (
    Salts,
    canonical,
    digest,
    leaf,
    merkle_path,
    merkle_root,
    root_from_path,
)

LEAVES = [leaf(f"receipt {number}".encode()) for number in range(70)]
SIZES = range(1, len(LEAVES) + 1)


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def test_a_tree_of_three_is_that_of_rfc_6962() -> None:
    one, two, three = LEAVES[:3]
    assert merkle_root([one, two, three]) == node(node(one, two), three)
    assert merkle_path([one, two, three], 2) == [node(one, two)]
    assert merkle_path([one, two, three], 0) == [two, three]


def test_a_leaf_is_no_node() -> None:
    """Leaves and nodes are hashed apart, so a node cannot be shown as a receipt."""
    assert leaf(LEAVES[0] + LEAVES[1]) != merkle_root(LEAVES[:2])


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_of_a_tree_of_any_size_leads_to_its_root(size: int) -> None:
    leaves = LEAVES[:size]
    root = merkle_root(leaves)
    paths = [merkle_path(leaves, index) for index in range(size)]
    assert [root_from_path(leaves[index], index, size, paths[index]) for index in range(size)] == [
        root
    ] * size


@given(st.sampled_from(SIZES), st.data())
def test_nothing_else_leads_there(size: int, data: st.DataObject) -> None:
    leaves = LEAVES[:size]
    root, index = merkle_root(leaves), data.draw(st.integers(0, size - 1))
    path = merkle_path(leaves, index)
    assert root_from_path(leaf(b"another"), index, size, path) != root
    assert root_from_path(leaves[index], index, size, [*path, root]) != root
    if path:
        place = data.draw(st.integers(0, len(path) - 1))
        altered = [*path[:place], leaf(path[place]), *path[place + 1 :]]
        assert root_from_path(leaves[index], index, size, altered) != root
        assert root_from_path(leaves[index], index, size, path[:-1]) is None
        other = data.draw(st.integers(0, size - 1).filter(lambda other: other != index))
        assert root_from_path(leaves[index], other, size, path) != root


@pytest.mark.parametrize(("index", "count"), [(-1, 3), (3, 3), (5, 3), (0, 0), (1, 1), (0, -1)])
def test_a_place_outside_the_tree_leads_nowhere(index: int, count: int) -> None:
    assert root_from_path(LEAVES[0], index, count, LEAVES[1:3]) is None
    assert root_from_path(LEAVES[0], index, count, []) is None


@given(st.dictionaries(st.text(max_size=4), st.integers(-(2**53), 2**53) | st.text(max_size=4), max_size=6))
def test_the_same_document_has_the_same_bytes_in_any_order(document: dict[str, Any]) -> None:
    backwards = dict(reversed(document.items()))
    assert canonical(document) == canonical(backwards)
    assert b" :" not in canonical({"a": 1, "b": [1, 2]})


def test_a_receipt_is_written_in_canonical_form() -> None:
    ledger = Ledger(snapshot())
    (receipt,) = ledger.settle(order("A-1", NOON, click())).receipts
    for document in (receipt.body, receipt.advertiser_side, receipt.publisher_side):
        assert canonical(msgspec.json.decode(document)) == document
        assert b"." not in document.replace(b"A-1", b""), "integers only"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_fields_of_a_document_stand_in_canonical_order(document: type[msgspec.Struct]) -> None:
    """They are written without being sorted."""
    names = [one.encode_name for one in msgspec.structs.fields(document)]
    assert names == sorted(names)


def test_a_side_is_sealed_by_a_salt_of_its_own() -> None:
    """Without the salt a short side could be guessed from its hash."""
    mine = Salts(SECRET)
    sides = {
        write(PublisherSide(salt=mine.of(number, party)))
        for number in (1, 2)
        for party in ("advertiser", "publisher")
    }
    assert len(sides) == 4
    assert write(PublisherSide(salt=Salts(b"another secret").of(1, "advertiser"))) not in sides
    assert len({digest(side) for side in sides}) == 4


def test_the_publishers_side_tells_no_amount_of_the_order_and_no_limit() -> None:
    ledger = Ledger(snapshot())
    (receipt,) = ledger.settle(order("A-1", NOON, click(), customer="c1", channel="email")).receipts
    side = msgspec.json.decode(receipt.publisher_side)
    assert set(side) == {"candidates", "lines", "commission_micros", "salt"}
    assert set(side["lines"][0]) == {"category", "rule", "commission_micros"}
    body = msgspec.json.decode(receipt.body)
    assert not {"customer", "channel", "lines", "fee_micros", "cost_micros"} & set(body)


def test_the_receipt_of_touches_names_them_by_a_digest() -> None:
    ledger = Ledger(snapshot())
    clicks = [click() for _ in range(3)]
    (receipt,) = ledger.settle(*clicks).receipts
    expected = blake2b("".join(one.id for one in clicks).encode(), digest_size=32).hexdigest()
    assert msgspec.json.decode(receipt.body)["events_digest"] == expected


def test_the_first_receipt_follows_nothing_and_the_next_follows_it() -> None:
    ledger = Ledger(snapshot())
    first = ledger.settle(order("A-1", NOON, click())).receipts[0]
    second = ledger.settle(order("A-2", NOON, click())).receipts[0]
    assert msgspec.json.decode(first.body)["previous"] == "0" * 64
    assert msgspec.json.decode(second.body)["previous"] == first.hash
    assert (first.prior, second.prior) == (None, None), "they are about different orders"
