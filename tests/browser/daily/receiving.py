"""The check of a message, written by docs/guides/webhooks.md alone: it imports nothing of what it checks."""

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping

OLDEST_S = 300


def is_theirs(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether whoever holds the secret has sent these very bytes, within the last five minutes."""
    if abs(time.time() - int(headers["webhook-timestamp"])) > OLDEST_S:
        return False
    signed = b".".join((headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(wanted, one) for one in headers["webhook-signature"].split(" "))
