"""`utfall operator`: the first person of an installation, who invites all others in the portal."""

import click

from utfall.cli.control_plane import configure
from utfall.cli.failures import Failure
from utfall.cli.installation import settings_of
from utfall.cli.showing import say

EPILOG = """
\b
Example:
  utfall operator "Nordnätet" astrid@example.com
"""


@click.command(epilog=EPILOG)
@click.argument("name")
@click.argument("email")
@click.pass_context
def operator(context: click.Context, /, name: str, email: str) -> None:
    """Found the operator's organisation and print the link by which its owner joins, good for a week."""
    settings = settings_of(context)
    configure(settings)
    from utfall.portal.access import Refused
    from utfall.portal.people.founding import found_operator

    try:
        secret = found_operator(name, email)
    except Refused as refused:
        raise Failure(" ".join(str(problem.sentence) for problem in refused.problems)) from refused
    say(f"{settings.portal_url}/invite/{secret}/")
