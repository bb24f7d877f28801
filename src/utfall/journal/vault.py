"""The vault: what it takes to know a person again, and to read what must stay readable, kept outside the
journal.

Per subject (a customer of one advertiser) it holds a secret, from which the pseudonym in the journal is
made, and a data key, under which personal data in the journal is sealed. Erasing a subject destroys both:
the pseudonym cannot be made again from the customer key, the sealed bytes cannot be opened, and the journal
keeps every byte it had."""

import secrets
import sqlite3
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from utfall.journal.durable import held, make_directory
from utfall.journal.errors import Erased, JournalUnavailable, SealBroken, WrongPepper

CUSTOMER_KEY_CHARACTERS_MAX: Final = 512
BUSY_SECONDS: Final = 10.0

_NONCE_BYTES: Final = 12
_SEAL_VERSION: Final = b"\x01"
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS pepper (proof BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS subjects (
    id INTEGER PRIMARY KEY, lookup BLOB NOT NULL UNIQUE, pseudonym BLOB NOT NULL UNIQUE,
    secret BLOB NOT NULL, data_key BLOB NOT NULL
);
"""
_FIND: Final = "SELECT pseudonym, data_key FROM subjects WHERE lookup = ?"
_ADD: Final = "INSERT INTO subjects (lookup, pseudonym, secret, data_key) VALUES (?, ?, ?, ?)"
# Overwritten where they stand before the row goes: nothing of them is left for a later page to carry along.
_BLANK: Final = "UPDATE subjects SET secret = zeroblob(16), data_key = zeroblob(32) WHERE lookup = ?"
_REMOVE: Final = "DELETE FROM subjects WHERE lookup = ?"


@dataclass(frozen=True, slots=True)
class Subject:
    """One customer of one advertiser. Use it for one request and drop it: erasure does not reach memory."""

    pseudonym: str
    _data_key: bytes = field(repr=False)

    def seal(self, plaintext: bytes, *, aad: bytes) -> bytes:
        """Encrypts what only the vault can open; `aad` is the context it must be opened in."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _SEAL_VERSION + nonce + AESGCM(self._data_key).encrypt(nonce, plaintext, aad)


class Vault:
    """The subjects of one installation, in one SQLite file that several processes may use at once.

    Nothing is remembered between calls, so an erasure in one process holds in all of them at once.
    """

    def __init__(self, path: Path, pepper: bytes) -> None:
        self._path = path
        self._pepper = pepper
        self._turn = threading.Lock()
        make_directory(path.absolute().parent)
        self._connection = _opened(path)
        try:
            self._check_pepper()
        except (WrongPepper, JournalUnavailable):
            self.close()
            raise

    def subject(self, advertiser: int, key: str) -> Subject:
        """The subject of a customer key, made and durable when it is new."""
        return self.subjects([(advertiser, key)])[0]

    def subjects(self, customers: Sequence[tuple[int, str]]) -> list[Subject]:
        """The subjects of many customer keys in their order; all that are new cost one commit."""
        lookups = [self._lookup(advertiser, key) for advertiser, key in customers]
        with self._statements() as connection:
            found = {each: _find(connection, each) for each in set(lookups)}
            if None in found.values():
                with _transaction(connection):
                    # Asked again inside: another process may have been first.
                    found = {each: _find(connection, each) or _add(connection, each) for each in found}
        return [subject for each in lookups if (subject := found[each]) is not None]

    def open(self, pseudonym: str, sealed: bytes, aad: bytes) -> bytes:
        """What was sealed for a subject in this context; Erased when the subject is no more."""
        with self._statements() as connection:
            row = connection.execute(
                "SELECT data_key FROM subjects WHERE pseudonym = ?", (_unhexed(pseudonym),)
            ).fetchone()
        if row is None:
            raise Erased(pseudonym)
        if not sealed.startswith(_SEAL_VERSION):
            raise SealBroken(pseudonym, "not a version this vault writes")
        try:
            return AESGCM(row[0]).decrypt(sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :], aad)
        except (InvalidTag, ValueError) as error:
            raise SealBroken(pseudonym, "altered, or sealed in another context") from error

    def erase(self, advertiser: int, key: str) -> bool:
        """Destroys a subject's secret and data key; False when there is none.

        The same customer is a stranger next time.
        """
        lookup = self._lookup(advertiser, key)
        with self._statements() as connection:
            with _transaction(connection):
                connection.execute(_BLANK, (lookup,))
                erased = connection.execute(_REMOVE, (lookup,)).rowcount > 0
            self._scrub(connection)
        return erased

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _lookup(self, advertiser: int, key: str) -> bytes:
        customer = normalised_key(key)
        return _keyed(self._pepper, advertiser.to_bytes(8) + customer.encode(), b"utfall.lookup")

    def _check_pepper(self) -> None:
        proof = _keyed(self._pepper, b"", b"utfall.proof")
        with self._statements() as connection, _transaction(connection):
            row = connection.execute("SELECT proof FROM pepper").fetchone()
            if row is None:
                connection.execute("INSERT INTO pepper VALUES (?)", (proof,))
        if row is not None and row[0] != proof:
            raise WrongPepper(str(self._path))

    def _scrub(self, connection: sqlite3.Connection) -> None:
        """Empties the log, which still holds the pages as they were."""
        (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise sqlite3.OperationalError("the log is being read; erase again to destroy what it holds")

    @contextmanager
    def _statements(self) -> Iterator[sqlite3.Connection]:
        with self._turn:
            try:
                yield self._connection
            except sqlite3.Error as error:
                raise JournalUnavailable(f"vault {self._path.name}", str(error)) from error


def normalised_key(key: str) -> str:
    """A customer key as it is compared: composed, without surrounding space, e-mail addresses in lower case.

    >>> normalised_key(" Ada@Example.com "), normalised_key("A-17")
    ('ada@example.com', 'A-17')
    """
    normalised = unicodedata.normalize("NFC", key).strip()
    if "@" in normalised:
        normalised = unicodedata.normalize("NFC", normalised.casefold())
    if not 0 < len(normalised) <= CUSTOMER_KEY_CHARACTERS_MAX:
        raise ValueError(
            f"a customer key has 1 to {CUSTOMER_KEY_CHARACTERS_MAX} characters, not {len(normalised)}"
        )
    return normalised


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False)
    try:
        path.chmod(0o600)
        connection.execute("PRAGMA secure_delete=ON")
        # One at a time: SQLite does not wait for its turn to change the mode of a file that is new to all.
        with held(path.with_name(f".{path.name}.lock")):
            connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.executescript(_SCHEMA)
    except sqlite3.Error as error:
        connection.close()
        raise JournalUnavailable(f"vault {path.name}", str(error)) from error
    return connection


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _find(connection: sqlite3.Connection, lookup: bytes) -> Subject | None:
    row = connection.execute(_FIND, (lookup,)).fetchone()
    return Subject(row[0].hex(), row[1]) if row else None


def _add(connection: sqlite3.Connection, lookup: bytes) -> Subject:
    secret, data_key = secrets.token_bytes(16), secrets.token_bytes(32)
    pseudonym = _keyed(secret, lookup, b"utfall.subject")
    connection.execute(_ADD, (lookup, pseudonym, secret, data_key))
    return Subject(pseudonym.hex(), data_key)


def _keyed(key: bytes, message: bytes, person: bytes) -> bytes:
    return blake2b(message, digest_size=16, key=key, person=person).digest()


def _unhexed(pseudonym: str) -> bytes:
    try:
        return bytes.fromhex(pseudonym)
    except ValueError:
        raise Erased(pseudonym) from None
