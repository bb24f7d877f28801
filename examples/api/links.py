"""Links to many pages of a shop by API, and where they stand.

    export UTFALL_KEY=utf_…
    python examples/api/links.py https://portal.example                      # the programs one may see
    python examples/api/links.py https://portal.example 7 shop-pages.txt     # links into program 7

The file holds one address of the shop a line. The same batch sent again within a day makes no second links:
its idempotency key is made of what it asks for.
"""

import os
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

from utfall.client import Client, ClientError, read
from utfall.client.models import LinkAnswer, LinkSent

ROWS_AT_ONCE: Final = 1000
"""What the API takes in one request."""


def programs(client: Client) -> int:
    """Print the programs the key may see."""
    for program in client.programs.each_programs():
        print(f"{program.id:>6}  {program.state:<9}  {program.name}")
    return 0


def links(client: Client, program: int, pages: Sequence[str]) -> int:
    """Make a link to each page and print its address; how many were refused."""
    return sum(
        batch(client, program, pages[start : start + ROWS_AT_ONCE])
        for start in range(0, len(pages), ROWS_AT_ONCE)
    )


def batch(client: Client, program: int, pages: Sequence[str]) -> int:
    """One request; each row has a verdict of its own, and a refused one keeps no other from being made."""
    wanted = [LinkSent(program=program, destination=page) for page in pages]
    once = sha256("\n".join([str(program), *pages]).encode()).hexdigest()
    told = client.links.make_many(wanted, idempotency_key=once)
    for row, page in zip(told.rows, pages, strict=True):
        if row.code:
            print(f"{page}: {row.sentence} ({row.code})", file=sys.stderr)
        else:
            print(read(row.result, LinkAnswer).address, page, sep="\t")
    return told.refused


def main(arguments: Sequence[str]) -> int:
    """0: all was done; 1: a link was refused; 3: the portal refused it all, or did not answer."""
    try:
        match arguments:
            case [portal]:
                return programs(Client(portal, os.environ["UTFALL_KEY"]))
            case [portal, program, file]:
                pages = Path(file).read_text(encoding="utf-8").split()
                return bool(links(Client(portal, os.environ["UTFALL_KEY"]), int(program), pages))
    except ClientError as error:
        print(error, file=sys.stderr)
        return 3
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
