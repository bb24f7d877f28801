"""A portal's API as typed Python: everything a page can do, with a key.

    from utfall.client import Client
    from utfall.client.models import LinkSent

    client = Client("https://portal.example", key)
    link = client.links.make(LinkSent(program=7, destination="https://shop.example/boots"))
    for program in client.programs.each_programs():
        print(program.name)

It promises that a change takes effect once, however often the network breaks (every one carries an
idempotency key and is sent again only with the same); that a refusal is an exception with its code, its field
and its sentence (`problems`); that lists are walked to their end; and that what a newer portal adds to its
answers is no error. It refuses to follow a redirect, since the key would go with it.

It needs msgspec and nothing else of Utfall. `models`, `operations` and `portal` are written by
`python -m tools.client` from the OpenAPI document; the rest is written by hand. See `docs/guides/client.md`.
"""

from msgspec import UNSET

from utfall.client import models
from utfall.client.multipart import File
from utfall.client.portal import Client
from utfall.client.problems import (
    ClientError,
    Conflict,
    Fault,
    Forbidden,
    KeyRefused,
    Malformed,
    NotFound,
    NotReached,
    Problem,
    RateLimited,
    Refused,
    ServerFailed,
    TooLarge,
    Unreadable,
)
from utfall.client.reading import read

__all__ = [
    "UNSET",
    "Client",
    "ClientError",
    "Conflict",
    "Fault",
    "File",
    "Forbidden",
    "KeyRefused",
    "Malformed",
    "NotFound",
    "NotReached",
    "Problem",
    "RateLimited",
    "Refused",
    "ServerFailed",
    "TooLarge",
    "Unreadable",
    "models",
    "read",
]
