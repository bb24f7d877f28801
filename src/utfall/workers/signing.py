"""Signing receipts: one Ed25519 signature over the Merkle root of each batch, and what verifies it.

    signer = load_or_create_signer(keys_dir)
    findings = verify_receipt(document, public_key_pem)  # offline; an empty list means that it holds

The documents themselves are the book's (`utfall.portal.book.facade.export_receipt`).
"""

from dataclasses import dataclass
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
)

from utfall.engine.receipts import canonical, digest, leaf, merkle_root, root_from_path
from utfall.journal.durable import held, make_directory, write_file
from utfall.journal.errors import KeyFileInvalid
from utfall.journal.keys import load_or_create_secret
from utfall.portal.book.facade import (
    KEY_ID_CHARS,
    PUBLIC_KEY,
    BatchRow,
    ReceiptDocument,
    SignedRoot,
    fingerprint,
    parsed_public_key,
)

PRIVATE_KEY: Final = "receipts.key"
SALT: Final = "receipts.salt"


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


def sign_root(signer: Signer | None, batch: int, bodies: list[bytes]) -> SignedRoot | None:
    """The root over a batch's receipts, signed if there is a signer; None when it wrote no receipt."""
    if not bodies:
        return None
    root = merkle_root([leaf(body) for body in bodies])
    return signer.sign(batch, root, len(bodies)) if signer else SignedRoot(root, None, None)


def verify_receipt(document: object, public_key: bytes) -> list[str]:
    """What is wrong with a receipt, in words; nothing when body, side, path and signature all hold."""
    key = parsed_public_key(public_key)
    try:
        told = msgspec.convert(document, ReceiptDocument)
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


def _key_findings(told: ReceiptDocument, key: Ed25519PublicKey) -> list[str]:
    if told.key != fingerprint(key)[:KEY_ID_CHARS]:
        return [f"It was signed with key {told.key or 'none'}, which is not the key at hand."]
    return []


def _side_findings(told: ReceiptDocument, body: dict[str, Any]) -> list[str]:
    sides = body.get("sides")
    expected = sides.get(told.party) if isinstance(sides, dict) else None
    parties = sides.get("parties") if isinstance(sides, dict) and told.party == "publisher" else None
    findings = []
    side = digest(told.side.encode())
    if side != expected and not (isinstance(parties, list) and side in parties):
        findings.append(f"The {told.party}'s side is not the one that the receipt names.")
    if body.get("batch") != told.batch:
        findings.append(f"The receipt is of batch {body.get('batch')}, not of batch {told.batch}.")
    return findings


def _root_findings(
    told: ReceiptDocument, path: list[bytes], signature: bytes, key: Ed25519PublicKey
) -> list[str]:
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
