"""Receipts: canonical JSON, hash-chained, with one sealed side for each party.

The body is open to both. What concerns one party stands in a side document of its own, and the body holds
only that document's SHA-256; each side carries a secret salt, so a hash cannot be guessed open. A batch's
receipts are the leaves of a Merkle tree (RFC 6962 hashing) whose root is signed once; a receipt with its
path to the root is verified offline with the public key alone.
"""

from collections.abc import Sequence
from hashlib import blake2b, sha256
from typing import Any, Final

import msgspec

_json: Final = msgspec.json.Encoder(order="sorted")
VERSION: Final = 1


def canonical(document: Any) -> bytes:
    """Canonical JSON: sorted keys, no spaces, integers only."""
    return _json.encode(document)


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return sha256(data).hexdigest()


class Salts:
    """The salts of an installation's sides, from its secret."""

    def __init__(self, secret: bytes) -> None:
        # Keyed once and copied: to key it anew costs more than the hash.
        self._keyed = blake2b(key=secret, digest_size=16)

    def of(self, receipt: int, party: str) -> str:
        """The salt of one party's side."""
        state = self._keyed.copy()
        state.update(f"{receipt}:{party}".encode())
        return state.hexdigest()


def leaf(body: bytes) -> bytes:
    """The leaf hash of a receipt."""
    return sha256(b"\0" + body).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def _split(count: int) -> int:
    """The largest power of two below the number of leaves."""
    return 1 << (count - 1).bit_length() - 1


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """The root over the leaf hashes of a batch, at least one (RFC 6962, section 2.1).

    Built level by level: a node without a neighbour rises unchanged, which is the same tree.
    """
    level = list(leaves)
    while len(level) > 1:
        above = [_node(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
        level = above + level[2 * len(above) :]
    return level[0]


def merkle_path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from one leaf to the root (RFC 6962, section 2.1.1)."""
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*merkle_path(leaves[:split], index), merkle_root(leaves[split:])]
    return [*merkle_path(leaves[split:], index - split), merkle_root(leaves[:split])]


def root_from_path(leaf_hash: bytes, index: int, count: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a leaf and its path lead to, None when no tree of that size has such a path."""
    if not 0 <= index < count:
        return None
    if count == 1:
        return leaf_hash if not path else None
    if not path:
        return None
    split = _split(count)
    if index < split:
        left = root_from_path(leaf_hash, index, split, path[:-1])
        return None if left is None else _node(left, path[-1])
    right = root_from_path(leaf_hash, index - split, count - split, path[:-1])
    return None if right is None else _node(path[-1], right)
