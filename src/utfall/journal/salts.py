"""An address becomes a digest that is good for a day: truncated, then hashed under a salt that is soon
destroyed.

After two days nobody, we included, can tell which address a digest came from, or whether two days share one.
"""

import os
import re
import secrets
import socket
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from utfall.journal.durable import held, make_directory, sync_directory, write_file
from utfall.journal.errors import KeyFileInvalid, SaltDestroyed

SALT_BYTES: Final = 32
KEPT_DAYS: Final = 2

_NAME: Final = re.compile(r"(\d{1,9})\.salt")
_MAPPED: Final = bytes(10) + b"\xff\xff"


class AddressSalts:
    """The salts of a directory, shared by all processes that use it. Days are counted from 1970-01-01 UTC."""

    def __init__(self, path: Path) -> None:
        self._directory = path
        self._remembered: tuple[int, bytes] | None = None

    def salt_for(self, day: int) -> bytes:
        """The salt of a day, made by whoever asks first; older ones than the day before are destroyed by
        then."""
        remembered = self._remembered  # taken once: around midnight two threads ask for different days
        if remembered is None or remembered[0] != day:
            remembered = self._remembered = (day, self._load(day))
            address_digest.cache_clear()  # it remembers addresses; they go with their salt
        return remembered[1]

    def destroy_expired(self, day: int) -> list[int]:
        """Destroys the salts that must not exist on this day, and says of which days; for days without
        visitors."""
        if self._remembered is not None and self._remembered[0] <= day - KEPT_DAYS:
            self._remembered = None
            address_digest.cache_clear()
        make_directory(self._directory)
        with held(self._directory / "LOCK"):
            return self._destroy(day)

    def _load(self, day: int) -> bytes:
        make_directory(self._directory)
        with held(self._directory / "LOCK"):
            newest = max(self._days(), default=day)
            if day <= newest - KEPT_DAYS:
                raise SaltDestroyed(day, newest)
            path = self._path(day)
            if not path.exists():
                write_file(path, secrets.token_bytes(SALT_BYTES))
            self._destroy(day)
            return _checked(path)

    def _destroy(self, day: int) -> list[int]:
        expired = [each for each in self._days() if each <= day - KEPT_DAYS]
        for each in expired:
            _overwrite(self._path(each))
            self._path(each).unlink()
        if expired:
            sync_directory(self._directory)
        return expired

    def _days(self) -> list[int]:
        names = (each.name for each in self._directory.iterdir())
        return sorted(int(match[1]) for name in names if (match := _NAME.fullmatch(name)))

    def _path(self, day: int) -> Path:
        return self._directory / f"{day}.salt"


@lru_cache(maxsize=65_536)
def address_digest(address: str, salt: bytes) -> str | None:
    """The digest of an address's network (/24, or /48 in IPv6) under a salt; None when it is no address.

    >>> address_digest("192.0.2.7", b"salt") == address_digest("::ffff:192.0.2.200", b"salt")
    True
    """
    network = _network(address)
    if network is None:
        return None
    return blake2b(network, digest_size=12, key=salt, person=b"utfall.address").hexdigest()


def _network(address: str) -> bytes | None:
    """Three bytes of an IPv4 address, six of an IPv6 one: their lengths keep the two apart."""
    try:
        if ":" not in address:
            return socket.inet_pton(socket.AF_INET, address)[:3]
        packed = socket.inet_pton(socket.AF_INET6, address.partition("%")[0])
    except (OSError, ValueError):  # ValueError: a NUL inside, or not to be encoded
        return None
    return packed[12:15] if packed.startswith(_MAPPED) else packed[:6]


def _checked(path: Path) -> bytes:
    salt = path.read_bytes()
    if len(salt) != SALT_BYTES:
        raise KeyFileInvalid(str(path), f"{len(salt)} bytes instead of {SALT_BYTES}")
    return salt


def _overwrite(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.pwrite(descriptor, bytes(SALT_BYTES), 0)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
