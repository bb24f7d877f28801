"""`utfall portal`, `seal`, `work` and `deliver`: the processes of the control plane."""

from datetime import timedelta
from typing import Final

import click

from utfall.cli.control_plane import configure, site_config
from utfall.cli.installation import settings_of
from utfall.cli.processes import follow, stopped_by_signals, supervised_option

PORTAL_EPILOG: Final = """
\b
Examples:
  utfall portal                                 at http://127.0.0.1:8600
  UTFALL_PORTAL_PORT=9000 utfall portal         on another port

Behind a proxy set `portal_url` to what people see, and `trusted_proxies` to the proxy's network.
"""


@click.command(epilog=PORTAL_EPILOG)
@supervised_option
@click.pass_context
def portal(context: click.Context, /, *, supervised: bool) -> None:
    """The portal alone: pages and API, until SIGTERM."""
    from utfall.portal.server import serve

    settings = settings_of(context)
    follow(supervised)
    serve(
        site_config(settings),
        host=settings.host,
        port=settings.portal_port,
        threads=settings.portal_threads,
        grace_s=settings.shutdown_grace_s,
        log_level=settings.log_level,
    )


@click.command()
@supervised_option
@click.pass_context
def seal(context: click.Context, /, *, supervised: bool) -> None:
    """Sealing alone: what was agreed in the portal, into snapshots for edge and settlement, until SIGTERM."""
    settings = settings_of(context)
    follow(supervised)
    configure(settings)
    from utfall.workers.seal import run_sealer  # its tables need a configured Django

    run_sealer(settings.snapshots_dir.absolute(), stopped_by_signals())


@click.command()
@supervised_option
@click.pass_context
def work(context: click.Context, /, *, supervised: bool) -> None:
    """Long tasks and letters alone: what-if, imports, mail, until SIGTERM."""
    from utfall.portal.work.process import run

    settings = settings_of(context)
    follow(supervised)
    configure(settings)
    from utfall.workers import preview  # its tables need a configured Django

    preview.install()
    run(site_config(settings), stopped_by_signals())


@click.command()
@supervised_option
@click.pass_context
def deliver(context: click.Context, /, *, supervised: bool) -> None:
    """Webhooks and postbacks alone: what changed, to other people's servers, until SIGTERM."""
    settings = settings_of(context)
    follow(supervised)
    configure(settings)
    from utfall.workers.deliver import run_deliverer  # its tables need a configured Django

    first_retry = timedelta(milliseconds=settings.deliver_first_retry_ms)
    run_deliverer(first_retry, settings.deliver_lanes, stopped_by_signals())
