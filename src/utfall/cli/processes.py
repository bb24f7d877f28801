"""`utfall up` and the processes it keeps alive: the portal, the edge, the settler, the way to the lake."""

import os
import signal
import sys
import threading
from pathlib import Path
from typing import Final

import click

from utfall.cli.failures import FOUND, Failure
from utfall.cli.in_force import snapshot_or_none
from utfall.cli.installation import edge_config, settings_of
from utfall.cli.showing import count, progress, say, tell
from utfall.portal.parent import follow_parent
from utfall.settings import Settings
from utfall.workers.supervise import Service, Supervisor

UP_EPILOG = """
\b
Examples:
  utfall up                          with the terms in force
  utfall up --market market.toml     publish these first
  UTFALL_EDGE_PORT=80 utfall up      the edge on another port

Without terms the edge waits: create a program in the portal, and it is sealed for the edge within a second.
It stops on Ctrl-C or SIGTERM: the portal first, then the edge, settlement and the lake, each with its grace.
"""
PROCESSES: Final = ("portal", "work", "deliver", "seal", "edge", "settle", "follow", "ship")
"""In the order in which they are stopped: nothing new comes in, then what is under way is kept."""

supervised_option = click.option(
    "--supervised", is_flag=True, hidden=True, help="End with the process that started this one."
)


@click.command(epilog=UP_EPILOG)
@click.option(
    "--market",
    type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
    help="Publish this program file first.",
)
@click.pass_context
def up(context: click.Context, /, *, market: Path | None) -> None:
    """Everything on this machine: portal, edge, settlement, lake, under one supervisor."""
    settings = settings_of(context)
    if market is not None:
        from utfall.cli.terms import market_of
        from utfall.workers.publish import publish

        publish(market_of(market), settings.snapshots_dir)
    stop = stopped_by_signals()
    with supervisor_of(settings, config=context.find_root().params.get("config")) as supervisor:
        tell(f"portal: {portal_url_of(settings)}")
        tell(f"edge: listening on {url_of(settings)}, storing in {settings.data_dir}; Ctrl-C stops")
        if snapshot_or_none(settings) is None:
            tell("no terms are published yet: the edge waits until a program is live in the portal")
        supervisor.run(stop)
    tell("stopped")


def supervisor_of(
    settings: Settings, *, config: Path | None = None, log_dir: Path | None = None, **more: str
) -> Supervisor:
    """The supervisor of an installation, its lock taken; a Failure where a port is somebody else's."""
    from utfall.cli.examination import is_free

    services = services_of(settings, config, more)
    supervisor = Supervisor(
        services,
        run_dir=settings.run_dir,
        url=url_of(settings),
        grace_s=settings.shutdown_grace_s + 1.0,
        say=tell,
        log_dir=log_dir,
    )
    for name, port in (("EDGE_PORT", settings.edge_port), ("PORTAL_PORT", settings.portal_port)):
        if not is_free(settings.host, port):
            supervisor.close()
            raise Failure(f"{settings.host}:{port} is in use; set UTFALL_{name} to another port")
    return supervisor


def services_of(settings: Settings, config: Path | None, more: dict[str, str]) -> list[Service]:
    """The processes, in the order in which they are stopped."""
    environment = {**os.environ, **more}
    program = [sys.executable, "-m", "utfall.cli", "--data-dir", str(settings.data_dir.absolute())]
    program += ["--config", str(config.absolute())] if config else []
    commands = {name: (*program, name, "--supervised") for name in PROCESSES}
    services = [
        Service(name=name, command=command, environment=environment) for name, command in commands.items()
    ]
    check = Service(
        name="check",
        command=(*program, "check", "--quiet"),
        environment=environment,
        every_s=settings.check_interval_s,
    )
    return [*services, check]


def url_of(settings: Settings) -> str:
    """Where the edge answers on this machine."""
    return _local_url(settings, settings.edge_port)


def portal_url_of(settings: Settings) -> str:
    """Where the portal answers on this machine."""
    return _local_url(settings, settings.portal_port)


def _local_url(settings: Settings, port: int) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{port}"


def stopped_by_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def follow(supervised: bool) -> None:
    """End with the supervisor, where there is one."""
    if supervised:
        follow_parent(os.getppid())


@click.command()
@supervised_option
@click.pass_context
def edge(context: click.Context, /, *, supervised: bool) -> None:
    """The edge alone: clicks, impressions, postbacks, events, until SIGTERM."""
    from utfall.edge.server import serve

    follow(supervised)
    serve(edge_config(settings_of(context)))


@click.command()
@click.option("--once", is_flag=True, help="Settle and ship what waits, and end.")
@supervised_option
@click.pass_context
def settle(context: click.Context, /, *, once: bool, supervised: bool) -> None:
    """Settlement alone: the journal in order, through the engine, into the book, until SIGTERM."""
    from utfall.cli.money_plane import catch_up, settler_config
    from utfall.workers.settle import EXIT_CODES, run_settler

    settings = settings_of(context)
    if once:
        with progress("settling", None) as bar:
            done = catch_up(
                settings, lambda told, waiting: bar(told.seq, f"batch {told.seq}, {count(waiting)} wait")
            )
        say(f"settled {count(done.events)} events in {done.batches} batches, shipped {count(done.rows)} rows")
        return
    follow(supervised)
    try:
        run_settler(settler_config(settings), stopped_by_signals())
    except tuple(EXIT_CODES) as error:
        raise Failure(str(error), EXIT_CODES[type(error)]) from error


@click.command()
@supervised_option
@click.pass_context
def ship(context: click.Context, /, *, supervised: bool) -> None:
    """The way to the lake alone: what was settled, into columnar files, until SIGTERM."""
    from utfall.cli.money_plane import ship_forever

    follow(supervised)
    ship_forever(settings_of(context), stopped_by_signals())


__all__ = ["FOUND", "PROCESSES", "edge", "settle", "ship", "supervisor_of", "up"]
