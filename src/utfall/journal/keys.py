"""Master secrets, in one private directory: the keys of click tokens, and secrets of which there is only
one."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, Self

import msgspec

from utfall.journal.durable import held, make_directory, write_file
from utfall.journal.errors import KeyFileInvalid

KEY_BYTES: Final = 32
KEY_IDS: Final = 256

CLICK_KEYS: Final = "click.keys"
PEPPER: Final = "pepper"


class Key(msgspec.Struct, frozen=True):
    """One key of a ring: `id` is the byte a token names it by, `created_at` is in UTC milliseconds."""

    id: int
    created_at: int
    secret: bytes


class KeyRing:
    """The keys of click tokens: the newest signs, all verify. Tokens outlive a rotation as long as their
    key stays."""

    def __init__(self, path: Path, keys: tuple[Key, ...]) -> None:
        self._path = path
        self._keys = keys

    @classmethod
    def load(cls, path: Path) -> Self:
        """The ring of a file; KeyFileInvalid when there is none or it is damaged."""
        try:
            return cls(path, _decoded(path.read_bytes()))
        except (FileNotFoundError, msgspec.DecodeError, ValueError) as error:
            raise KeyFileInvalid(str(path), str(error)) from error

    @classmethod
    def load_or_create(cls, path: Path, created_at: int) -> Self:
        """The ring of a file, which the first of several processes makes with one key."""
        make_directory(path.parent)
        with held(path.parent / "LOCK"):
            if not path.exists():
                write_file(path, _encoded((_new_key(0, created_at),)))
        return cls.load(path)

    def rotate(self, created_at: int) -> Self:
        """A ring with one more key, which signs from now on, in the file and returned; of 256 the oldest
        gives way."""
        with held(self._path.parent / "LOCK"):
            keys = self.load(self._path).keys
            added = _new_key((keys[-1].id + 1) % KEY_IDS, created_at)
            kept = (*(key for key in keys if key.id != added.id), added)
            write_file(self._path, _encoded(kept))
        return type(self)(self._path, kept)

    @property
    def keys(self) -> tuple[Key, ...]:
        """All keys, oldest first."""
        return self._keys

    @property
    def newest(self) -> Key:
        """The key that signs."""
        return self._keys[-1]

    @property
    def secrets(self) -> Mapping[int, bytes]:
        """The secret of every key id, to verify with."""
        return MappingProxyType({key.id: key.secret for key in self._keys})


def load_or_create_secret(path: Path, size_bytes: int = KEY_BYTES) -> bytes:
    """A random secret with a file of its own, made once by whichever process asks first."""
    make_directory(path.parent)
    with held(path.parent / "LOCK"):
        if not path.exists():
            write_file(path, secrets.token_bytes(size_bytes))
    secret = path.read_bytes()
    if len(secret) != size_bytes:
        raise KeyFileInvalid(str(path), f"{len(secret)} bytes instead of {size_bytes}")
    return secret


def load_or_create_pepper(keys_dir: Path) -> bytes:
    """The pepper under which the vault looks people up."""
    return load_or_create_secret(keys_dir / PEPPER)


def _new_key(key_id: int, created_at: int) -> Key:
    return Key(key_id, created_at, secrets.token_bytes(KEY_BYTES))


def _encoded(keys: tuple[Key, ...]) -> bytes:
    # JSON, so that a person can count the keys and read their dates; msgspec writes bytes as base64.
    return msgspec.json.format(msgspec.json.encode(keys)) + b"\n"


def _decoded(content: bytes) -> tuple[Key, ...]:
    keys = msgspec.json.decode(content, type=tuple[Key, ...])
    ids = {key.id for key in keys}
    if not keys or len(ids) != len(keys):
        raise ValueError("it holds no key, or two with one id")
    if any(not 0 <= key.id < KEY_IDS or len(key.secret) != KEY_BYTES for key in keys):
        raise ValueError(f"a key has an id beyond a byte, or not {KEY_BYTES} bytes")
    return keys
