"""`utfall trial-balance`: whether the book balances."""

import click

from utfall.cli.failures import FOUND
from utfall.cli.in_force import snapshot_or_none
from utfall.cli.installation import settings_of
from utfall.cli.money_plane import open_existing_book
from utfall.cli.receipt_page import Names
from utfall.cli.showing import amount, as_json, say, say_json, say_table


@click.command("trial-balance")
@click.option("--accounts", is_flag=True, help="Every account, not only the sums.")
@as_json
@click.pass_context
def trial_balance(context: click.Context, /, *, accounts: bool, as_json: bool) -> None:
    """Debits and credits of the whole book, per currency; together zero. Exit code 1 if they are not."""
    from utfall.portal.book import facade

    settings = settings_of(context)
    book = open_existing_book(settings)
    sums, held = facade.trial_balance(book), facade.balances(book)
    broken = any(each.difference_micros for each in sums)
    if as_json:
        currencies = [{**each._asdict(), "difference_micros": each.difference_micros} for each in sums]
        say_json(
            {"currencies": currencies, "accounts": [each._asdict() for each in held] if accounts else None}
        )
        context.exit(FOUND if broken else 0)
    if accounts:
        names = Names(snapshot_or_none(settings))
        rows = [
            [
                _owner(names, each.owner, each.owner_id),
                each.bucket,
                amount(each.balance_micros, each.currency),
            ]
            for each in held
        ]
        say_table(["account", "bucket", "balance"], rows, words=2)
    rows = [
        [
            each.currency,
            *(
                amount(micros, each.currency)
                for micros in (each.debits_micros, each.credits_micros, each.difference_micros)
            ),
        ]
        for each in sums
    ]
    say_table(["currency", "debits", "credits", "difference"], rows)
    say("The book does not balance." if broken else "The book balances.", colour="red" if broken else "green")
    context.exit(FOUND if broken else 0)


def _owner(names: Names, owner: str, owner_id: int) -> str:
    return f"{owner} {names.of(owner, owner_id)}" if owner in ("advertiser", "publisher") else owner
