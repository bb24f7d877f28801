"""`utfall mcp`: a portal for assistants that speak the Model Context Protocol."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from utfall.cli.failures import Failure
from utfall.cli.installation import settings_of
from utfall.cli.showing import tell
from utfall.client import Client, ClientError, Problem

if TYPE_CHECKING:
    from utfall.mcp import Desk

EPILOG = """
\b
Examples:
  UTFALL_API_KEY=utf_… utfall mcp --portal https://portal.example
  utfall mcp --read-only                     no tool that changes anything
  utfall mcp --public-key receipts.pub       receipts are verified with your own copy of the key
"""
LONGEST_ANSWER_SECONDS = 90.0
ATTEMPTS = 3


@click.command(epilog=EPILOG)
@click.option("--portal", help="Address of the portal (setting portal_url).")
@click.option("--read-only", is_flag=True, help="Offer no tool that changes anything.")
@click.option(
    "--public-key",
    "public_key",
    type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
    help="Your own copy of the installation's public key (PEM), to verify receipts with.",
)
@click.pass_context
def mcp(context: click.Context, /, *, portal: str | None, read_only: bool, public_key: Path | None) -> None:
    """Serve an assistant on standard input and output: reports, receipts and, after a dry run, decisions.

    It is a client of the portal's API with the key in UTFALL_API_KEY, and may do what that key may do.
    It listens on no port.
    """
    settings = settings_of(context)
    if not settings.api_key:
        raise Failure("no API key: make one in the portal under API keys, and set UTFALL_API_KEY")
    address = portal or settings.portal_url
    desk = _desk(address, settings.api_key, public_key.read_bytes() if public_key else None)
    if sys.stdin.isatty():
        tell(f"Serving {desk.key.organisation} at {address}; an MCP host speaks here. Ctrl-C ends it.")
    from utfall.mcp import serve

    serve(desk, read_only=read_only)


def _desk(address: str, key: str, public_key: bytes | None) -> "Desk":
    try:
        from utfall.mcp import sit_down
    except ModuleNotFoundError as error:
        raise Failure(f"{error.name} is not installed: pip install 'utfall[mcp]'") from error
    try:
        client = Client(address, key, timeout_seconds=LONGEST_ANSWER_SECONDS, attempts=ATTEMPTS)
        return sit_down(client, address, _verify, public_key)
    except Problem as problem:
        said = f"{problem.code}: {problem.sentence} {problem.mend}"
        raise Failure(f"{address} refused the key: {said}") from problem
    except (ClientError, ValueError) as error:
        raise Failure(str(error)) from error


def _verify(document: Any, public_key: bytes) -> list[str]:
    from utfall.workers.signing import verify_receipt  # loads what only verifying needs

    return verify_receipt(document, public_key)
