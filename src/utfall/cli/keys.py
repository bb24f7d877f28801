"""`utfall keys`: the secrets of an installation: how old they are, a new one, the digest of one."""

from hashlib import blake2b

import click

from utfall.cli.installation import settings_of
from utfall.cli.money_plane import now_ms
from utfall.cli.receipt_page import moment
from utfall.cli.showing import as_json, say, say_json, say_table


@click.group()
def keys() -> None:
    """The secrets of this installation: list, rotate, and digests of API keys."""


@keys.command("rotate")
@as_json
@click.pass_context
def rotate(context: click.Context, /, *, as_json: bool) -> None:
    """Sign click tokens with a new key from now on; tokens of the older ones stay valid. Needs no restart."""
    from utfall.journal.keys import CLICK_KEYS, KeyRing

    settings = settings_of(context)
    ring = KeyRing.load_or_create(settings.keys_dir / CLICK_KEYS, now_ms()).rotate(now_ms())
    if as_json:
        say_json({"newest": ring.newest.id, "keys": len(ring.keys)})
    else:
        say(f"Key {ring.newest.id} signs from now on; {len(ring.keys)} keys verify.")


@keys.command("list")
@as_json
@click.pass_context
def list_keys(context: click.Context, /, *, as_json: bool) -> None:
    """The keys of click tokens and of receipts, never their secrets."""
    from utfall.journal.keys import CLICK_KEYS, KeyRing
    from utfall.portal.book.facade import PUBLIC_KEY

    settings = settings_of(context)
    path = settings.keys_dir / CLICK_KEYS
    held = KeyRing.load(path).keys if path.exists() else ()
    public = settings.keys_dir / PUBLIC_KEY
    if as_json:
        clicks = [{"id": key.id, "created_at": key.created_at} for key in held]
        say_json({"click": clicks, "receipts_public_key": str(public) if public.exists() else None})
        return
    say_table(["click key", "made"], [[str(key.id), moment(key.created_at)] for key in held], words=2)
    say(f"receipts are verified with {public}" if public.exists() else "no receipt was signed yet")


@keys.command("digest")
@click.option("--key", prompt="API key", hide_input=True, help="The secret; asked for where it is not given.")
def digest(*, key: str) -> None:
    """The BLAKE2b-256 digest of a secret, as a program file holds it."""
    click.echo(blake2b(key.strip().encode(), digest_size=32).hexdigest())
