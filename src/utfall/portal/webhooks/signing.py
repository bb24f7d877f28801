"""Secrets and signatures, in the way of the Standard Webhooks specification.

    webhook-id: msg_7_1042
    webhook-timestamp: 1767225600
    webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=

A signature is HMAC-SHA256, under the bytes that the secret's base64 stands for, of `id.timestamp.body`. While
a secret is being replaced there are two, parted by a space.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from secrets import token_hex
from typing import Final

PREFIX: Final = "whsec_"


def new_salt() -> str:
    """What makes a secret one of its own."""
    return token_hex(16)


def secret_of(installation: str, endpoint: int, salt: str) -> str:
    """The secret of an endpoint, made anew whenever it is needed, so that no table holds it.

    >>> secret_of("installation", 7, "salt") == secret_of("installation", 7, "salt")
    True
    >>> secret_of("installation", 7, "salt") == secret_of("installation", 8, "salt")
    False
    """
    made = hmac.digest(installation.encode(), f"webhook:{endpoint}:{salt}".encode(), hashlib.sha256)
    return PREFIX + base64.b64encode(made).decode()


def signature(secret: str, message: str, timestamp: int, body: str) -> str:
    """The signature of one message.

    >>> signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
    ...           '{"test": 2432232314}')
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    signed = f"{message}.{timestamp}.{body}".encode()
    return "v1," + base64.b64encode(hmac.digest(_key(secret), signed, hashlib.sha256)).decode()


def headers_of(secrets: Sequence[str], message: str, timestamp: int, body: str) -> dict[str, str]:
    """The three headers by which a receiver knows who speaks."""
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(one, message, timestamp, body) for one in secrets),
    }


def address_signature(secret: str, before: str) -> str:
    """What `{signature}` in a postback stands for: HMAC-SHA256, in hex, of all the address before it."""
    return hmac.digest(_key(secret), before.encode(), hashlib.sha256).hex()


def _key(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix(PREFIX))
