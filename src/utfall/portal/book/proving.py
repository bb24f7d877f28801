"""Documents of receipts: one party's side with its path to the signed root, all that is needed to verify it.

    document = export_receipt(book, 7, "publisher", public_key_pem)

A document holds exact texts, not parsed ones: what was hashed is what is shown.
"""

from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from utfall.engine.receipts import leaf, merkle_path
from utfall.journal.errors import KeyFileInvalid
from utfall.portal.book.contracts import Book, Party, Unknown
from utfall.portal.book.reading import batch, receipt, receipts_from, sides_of

PUBLIC_KEY: Final = "receipts.pub"
"""The file among an installation's keys that everybody may have."""
KEY_ID_CHARS: Final = 16


class ReceiptDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One receipt as one party may see it, with all that is needed to verify it."""

    format: str = "utfall receipt 1"
    party: str
    body: str
    side: str
    batch: int
    index: int
    count: int
    path: tuple[str, ...]
    signature: str
    key: str
    fingerprint: str


def export_receipt(
    book: Book, number: int, party: Party, public_key: bytes, publisher: int | None = None
) -> dict[str, Any]:
    """A receipt for one party (of several publishers: which); Unknown if there is none such."""
    row = receipt(book, number)
    side = row.advertiser_side if party == "advertiser" else row.publisher_side
    if publisher is not None and publisher != row.publisher:
        sides = sides_of(book, number)
        if publisher not in sides:
            raise Unknown(f"receipt {number} has no side of publisher {publisher}")
        side = sides[publisher]
    of = batch(book, row.batch)
    leaves = [leaf(one.body) for one in receipts_from(book, of.first_receipt, of.receipts)]
    index = row.id - of.first_receipt
    document = ReceiptDocument(
        party=party,
        body=row.body.decode(),
        side=side.decode(),
        batch=of.seq,
        index=index,
        count=of.receipts,
        path=tuple(one.hex() for one in merkle_path(leaves, index)),
        signature=(of.signature or b"").hex(),
        key=of.key or "",
        fingerprint=fingerprint(parsed_public_key(public_key)),
    )
    built: dict[str, Any] = msgspec.to_builtins(document)
    return built


def document_text(document: dict[str, Any]) -> bytes:
    """A document as the file that is given away."""
    return msgspec.json.format(msgspec.json.encode(document)) + b"\n"


def fingerprint(key: Ed25519PublicKey) -> str:
    """SHA-256 of a public key, by which two people can compare it."""
    return sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()


def load_public_key(path: Path) -> Ed25519PublicKey:
    """The public key in a file, or KeyFileInvalid."""
    try:
        return parsed_public_key(path.read_bytes())
    except OSError as error:
        raise KeyFileInvalid(str(path), str(error)) from error


def parsed_public_key(pem: bytes) -> Ed25519PublicKey:
    """A public key from its PEM text, or KeyFileInvalid."""
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyFileInvalid("public key", str(error)) from error
    if not isinstance(key, Ed25519PublicKey):
        raise KeyFileInvalid("public key", "no Ed25519 key")
    return key
