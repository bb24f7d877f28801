"""Signing receipts: one Ed25519 signature over the Merkle root of each batch, and documents to verify.

    signer = load_or_create_signer(keys_dir)
    document = export_receipt(book, 7, "publisher")     # one party's side, with its path to the signed root
    findings = verify_receipt(document, public_key_pem)  # offline; an empty list means that it holds

A document holds exact texts, not parsed ones: what was hashed is what is shown.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from utfall.engine.receipts import canonical, digest, leaf, merkle_path, merkle_root, root_from_path
from utfall.journal.durable import held, make_directory, write_file
from utfall.journal.errors import KeyFileInvalid
from utfall.journal.keys import load_or_create_secret
from utfall.portal.book import facade
from utfall.portal.book.facade import BatchRow, Book, Party, SignedRoot

PRIVATE_KEY: Final = "receipts.key"
PUBLIC_KEY: Final = "receipts.pub"
SALT: Final = "receipts.salt"
KEY_ID_CHARS: Final = 16


@dataclass(frozen=True, slots=True)
class Signer:
    """The private key, and the name its signatures carry."""

    key: Ed25519PrivateKey
    key_id: str

    def sign(self, batch: int, root: bytes, count: int) -> SignedRoot:
        """Sign the root over the receipts of a batch."""
        return SignedRoot(root, self.key.sign(statement(batch, root, count)), self.key_id)


def statement(batch: int, root: bytes, count: int) -> bytes:
    """What a signature says: these are all receipts of this batch."""
    return canonical({"batch": batch, "count": count, "root": root.hex(), "what": "utfall receipts"})


def load_or_create_signer(keys_dir: Path) -> Signer:
    """The signing key of an installation, made once; beside it the public key, for everybody."""
    make_directory(keys_dir)
    path = keys_dir / PRIVATE_KEY
    with held(keys_dir / "LOCK"):
        if not path.exists():
            made = Ed25519PrivateKey.generate()
            write_file(path, made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    signer = load_signer(path)
    public = signer.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    if not (keys_dir / PUBLIC_KEY).exists():
        write_file(keys_dir / PUBLIC_KEY, public)
    return signer


def load_signer(path: Path) -> Signer:
    """The signing key in a file, or KeyFileInvalid."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise KeyFileInvalid(str(path), str(error)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileInvalid(str(path), "no Ed25519 key")
    return Signer(key, fingerprint(key.public_key())[:KEY_ID_CHARS])


def load_or_create_salt(keys_dir: Path) -> bytes:
    """The secret that salts the sides of receipts, so that no hash of one can be guessed open."""
    return load_or_create_secret(keys_dir / SALT)


def fingerprint(key: Ed25519PublicKey) -> str:
    """SHA-256 of a public key, by which two people can compare it."""
    return sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()


def sign_root(signer: Signer | None, batch: int, bodies: list[bytes]) -> SignedRoot | None:
    """The root over a batch's receipts, signed if there is a signer; None when it wrote no receipt."""
    if not bodies:
        return None
    root = merkle_root([leaf(body) for body in bodies])
    return signer.sign(batch, root, len(bodies)) if signer else SignedRoot(root, None, None)


class Document(msgspec.Struct, frozen=True, kw_only=True):
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


def export_receipt(book: Book, number: int, party: Party, public_key: bytes) -> dict[str, Any]:
    """A receipt for one party; Unknown if there is none such."""
    row = facade.receipt(book, number)
    batch = facade.batch(book, row.batch)
    leaves = [leaf(one.body) for one in facade.receipts_from(book, batch.first_receipt, batch.receipts)]
    index = row.id - batch.first_receipt
    document = Document(
        party=party,
        body=row.body.decode(),
        side=(row.advertiser_side if party == "advertiser" else row.publisher_side).decode(),
        batch=batch.seq,
        index=index,
        count=batch.receipts,
        path=tuple(one.hex() for one in merkle_path(leaves, index)),
        signature=(batch.signature or b"").hex(),
        key=batch.key or "",
        fingerprint=fingerprint(parsed_public_key(public_key)),
    )
    built: dict[str, Any] = msgspec.to_builtins(document)
    return built


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


def verify_receipt(document: object, public_key: bytes) -> list[str]:
    """What is wrong with a receipt, in words; nothing when body, side, path and signature all hold."""
    key = parsed_public_key(public_key)
    try:
        told = msgspec.convert(document, Document)
        body: dict[str, Any] = msgspec.json.decode(told.body, type=dict[str, Any])
        path = [bytes.fromhex(one) for one in told.path]
        signature = bytes.fromhex(told.signature)
    except (msgspec.MsgspecError, ValueError) as error:
        return [f"It is no receipt: {error}."]
    return [
        *_key_findings(told, key),
        *_side_findings(told, body),
        *_root_findings(told, path, signature, key),
    ]


def _key_findings(told: Document, key: Ed25519PublicKey) -> list[str]:
    if told.key != fingerprint(key)[:KEY_ID_CHARS]:
        return [f"It was signed with key {told.key or 'none'}, which is not the key at hand."]
    return []


def _side_findings(told: Document, body: dict[str, Any]) -> list[str]:
    sides = body.get("sides")
    expected = sides.get(told.party) if isinstance(sides, dict) else None
    findings = []
    if expected != digest(told.side.encode()):
        findings.append(f"The {told.party}'s side is not the one that the receipt names.")
    if body.get("batch") != told.batch:
        findings.append(f"The receipt is of batch {body.get('batch')}, not of batch {told.batch}.")
    return findings


def _root_findings(told: Document, path: list[bytes], signature: bytes, key: Ed25519PublicKey) -> list[str]:
    if not 0 <= told.index < told.count:
        return ["Its place in the batch is impossible."]
    root = root_from_path(leaf(told.body.encode()), told.index, told.count, path)
    if root is None:
        return ["Its path does not lead to a root."]
    if not _holds(key, signature, statement(told.batch, root, told.count)):
        return ["The signature does not hold for this receipt."]
    return []


def root_holds(batch: BatchRow, key: Ed25519PublicKey) -> bool:
    """Whether a batch's root is signed with this key."""
    if batch.root is None or batch.signature is None:
        return False
    return _holds(key, batch.signature, statement(batch.seq, batch.root, batch.receipts))


def _holds(key: Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True
