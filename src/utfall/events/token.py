"""Click tokens: self-contained, signed, at most 64 characters.

Layout, 46 bytes before base64url without padding (62 characters):

    key id 1 | click id 16 (UUIDv7: the click's time and randomness) | link 5 | program 4 | publisher 4 |
    MAC 16

The MAC is BLAKE2b keyed with the ring's secret of that key id, over the 30 bytes before it. Opening a token
needs no database: a conversion that carries it can be attributed on any machine, in any order.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from hashlib import blake2b
from hmac import compare_digest
from struct import Struct as Layout
from typing import Final, NamedTuple

from utfall.events.ids import event_time
from utfall.events.kinds import ClickRef

_BODY: Final = Layout(">B16sBIII")
_MAC_BYTES: Final = 16
TOKEN_CHARS: Final = 62


class InvalidToken(ValueError):
    """A token that none of our keys signed, or that was altered."""


class Token(NamedTuple):
    """What a token binds together."""

    click: str
    link: int
    program: int
    publisher: int

    def ref(self) -> ClickRef:
        """The token as a conversion carries it."""
        return ClickRef(
            id=self.click,
            at=event_time(self.click),
            link=self.link,
            program=self.program,
            publisher=self.publisher,
        )


def mint(key_id: int, secret: bytes, token: Token) -> str:
    """Sign a token with the key that is in force."""
    link_high, link_low = divmod(token.link, 1 << 32)
    body = _BODY.pack(key_id, bytes.fromhex(token.click), link_high, link_low, token.program, token.publisher)
    mac = blake2b(body, key=secret, digest_size=_MAC_BYTES).digest()
    return urlsafe_b64encode(body + mac).rstrip(b"=").decode()


def open_token(secrets: Mapping[int, bytes], text: str) -> Token:
    """Verify a token against the ring; InvalidToken when no key of ours signed exactly this."""
    raw = _bytes(text)
    body, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
    secret = secrets.get(body[0])
    if secret is None:
        raise InvalidToken("signed with a key we do not hold")
    if not compare_digest(mac, blake2b(body, key=secret, digest_size=_MAC_BYTES).digest()):
        raise InvalidToken("the signature does not match")
    _, click, link_high, link_low, program, publisher = _BODY.unpack(body)
    return Token(click.hex(), (link_high << 32) | link_low, program, publisher)


def _bytes(text: str) -> bytes:
    if len(text) != TOKEN_CHARS or not text.isascii():
        raise InvalidToken(f"a token has {TOKEN_CHARS} characters")
    try:
        raw = urlsafe_b64decode(text + "==")
    except Base64Error as error:
        raise InvalidToken("not base64url") from error
    if len(raw) != _BODY.size + _MAC_BYTES or urlsafe_b64encode(raw).rstrip(b"=").decode() != text:
        raise InvalidToken("not the canonical form")
    return raw
