"""`utfall demo`: a small living market with its portal, started, populated and proved, in one command."""

import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from msgspec.structs import replace

from utfall.cli.demo_history import (
    Begun,
    begin,
    begun,
    is_told,
    later_path,
    tell_history,
    truth_path,
)
from utfall.cli.examination import is_free
from utfall.cli.failures import FOUND, Failure
from utfall.cli.in_force import snapshot_or_none
from utfall.cli.installation import settings_of
from utfall.cli.processes import portal_url_of, stopped_by_signals, supervisor_of, url_of
from utfall.cli.showing import Advance, progress, say, tell
from utfall.settings import Settings

if TYPE_CHECKING:
    from utfall.demo.live import Life
    from utfall.demo.plans import Goal
    from utfall.demo.simulation import Market
    from utfall.portal.access import Caller
    from utfall.terms import Market as Terms

MARK: Final = "demo"
"""File that says that a data folder is the demo's to fill."""
SCALE: Final = 0.6
"""Of the demo's market: so that its first start takes no longer than one waits."""
PACE: Final = 12.0
DAY_MS: Final = 86_400_000
READY_WITHIN_S: Final = 90.0
SETTLED_WITHIN_S: Final = 30.0
LOOPBACK: Final = ("127.0.0.0/8", "::1/128")
"""What the portal may call though it is not public: the demo's shop, whose links are checked like any."""
PROVED_AFTER_S: Final = 6.0

EPILOG = """
\b
Examples:
  utfall demo
  utfall demo --seconds 30                   end by itself; exit code 1 if a proof fails
  utfall demo --days 30 --pace 60            a shorter history, and more visitors a minute
  utfall --data-dir var/play demo --seed 7   elsewhere, and another market
"""


@click.command(epilog=EPILOG)
@click.option(
    "--seconds", type=click.FloatRange(1, 86_400), help="End after so many seconds; else on Ctrl-C."
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of everything that is chance.")
@click.option(
    "--days",
    type=click.IntRange(7, 366),
    default=365,
    show_default=True,
    help="How long the market has been open at its first start.",
)
@click.option(
    "--pace", type=click.FloatRange(1, 600), default=PACE, show_default=True, help="Visitors a minute."
)
@click.pass_context
def demo(context: click.Context, /, *, seconds: float | None, seed: int, days: int, pace: float) -> None:
    """A living market in the portal: people, terms, a year of history, receipts, and what that proves."""
    from utfall.cli.demo_market import enrich
    from utfall.cli.demo_proof import prove, show_way

    settings = replace(settings_of(context), demo=True, reachable_networks=LOOPBACK)
    market, people = _make(settings, seed, days)
    stop = stopped_by_signals()
    with (
        _running(settings, context.find_root().params.get("config"), stop),
        _selling(settings) as shop,
    ):
        enrich(people, shop, _goals(settings, market))
        _say_where(settings, shop)
        with _living(settings, seed, pace) as life:
            life.open()
            _populate(life, stop, min(seconds or PROVED_AFTER_S, PROVED_AFTER_S))
            if seconds is None and not stop.is_set():
                _wait_settled(settings)
                prove(settings, life.stories)
                show_way(settings, life.stories, url_of(settings))
                tell("It goes on living until Ctrl-C.")
            _populate(life, stop, None if seconds is None else seconds - PROVED_AFTER_S)
        _wait_settled(settings)
        holds = prove(settings, life.stories)
    show_way(settings, life.stories, None)
    context.exit(0 if holds else FOUND)


def _make(settings: Settings, seed: int, days: int) -> "tuple[Market, dict[str, Caller]]":
    """The market as it was when the demo was first opened here: agreed, and its history told."""
    from utfall.cli.demo_money import Purse
    from utfall.demo.simulation import Market

    now = time.time_ns() // 1_000_000
    made = begun(settings) or Begun(seed, SCALE, now - days * DAY_MS, now)
    market = Market(made.seed, made.scale)
    people = _seed_terms(settings, market.terms(made.since))
    begin(settings, made)
    if not is_told(settings):
        tell(f"Inventing {(made.until - made.since) // DAY_MS} days of a market; this is done once.")
        purse = Purse(people, made.since, made.until)
        tell_history(settings, market.history(made.since, made.until), purse)
    return market, people


def _seed_terms(settings: Settings, agreed: "Terms") -> "dict[str, Caller]":
    """Publish the demo's market, where nobody else's is, and put it into the portal; its people, by name."""
    from utfall.cli.demo_market import leading_to
    from utfall.cli.demo_people import seed
    from utfall.workers.publish import publish

    mark = settings.data_dir / MARK
    if snapshot_or_none(settings) is not None and not mark.exists():
        raise Failure(
            f"{settings.data_dir} holds another market; the demo wants a folder of its own: --data-dir DIR"
        )
    market = leading_to(shop_url_of(settings), agreed)
    if not mark.exists():
        publish(market, settings.snapshots_dir)
    people = seed(settings, market)
    mark.write_text("`utfall demo` fills this folder. It is safe to delete all of it.\n", encoding="utf-8")
    return people


def _goals(settings: Settings, market: "Market") -> "dict[int, Goal]":
    from utfall.demo.plans import goals
    from utfall.demo.truth import read_truth

    return goals(market, read_truth(truth_path(settings)))


@contextmanager
def _living(settings: Settings, seed: int, pace: float) -> "Iterator[Life]":
    """The market in real time, over HTTP alone; the truth about it goes on, too."""
    from utfall.demo.agenda import Agenda
    from utfall.demo.browsers import Edge
    from utfall.demo.history import minted_with, read_later
    from utfall.demo.live import Life
    from utfall.demo.truth import LiveTruth, live_path
    from utfall.journal.keys import CLICK_KEYS, KeyRing

    path = truth_path(settings)
    key = KeyRing.load(settings.keys_dir / CLICK_KEYS).newest
    agenda = Agenda(read_later(later_path(settings)), minted_with(key), path.with_name("told-until"))
    edge, truth = Edge(url_of(settings)), LiveTruth(live_path(path))
    try:
        yield Life(edge, agenda, truth, seed=seed, pace=pace)
    finally:
        truth.close()
        edge.close()


def shop_url_of(settings: Settings) -> str:
    """Where the demo's shop is, under a name of its own: browsers know that it is this machine."""
    return f"http://{settings.demo_shop_name}:{settings.demo_shop_port}"


@contextmanager
def _selling(settings: Settings) -> Iterator[str]:
    """The demo's shop, open until the block ends; its address."""
    from utfall.cli.demo_market import SELLER
    from utfall.demo import ShopConfig, serve

    if not is_free(settings.host, settings.demo_shop_port):
        raise Failure(
            f"{settings.host}:{settings.demo_shop_port} is in use; set UTFALL_DEMO_SHOP_PORT to another port"
        )
    config = ShopConfig(SELLER, settings.public_url, host=settings.host, port=settings.demo_shop_port)
    closed = threading.Event()
    thread = threading.Thread(target=serve, args=(config, closed), name="shop")
    thread.start()
    try:
        yield shop_url_of(settings)
    finally:
        closed.set()
        thread.join()


def _say_where(settings: Settings, shop: str) -> None:
    portal = portal_url_of(settings)
    say(f"Look here: {portal}   (one click signs in as any role)", bold=True)
    say(f"The shop:  {shop}   (its orders are told; nothing is paid)")
    say(f"The mail:  {portal}/demo/mailbox/   (every letter that would have been sent)")
    say(f"The market is open: {url_of(settings)}, stored in {settings.data_dir}", bold=True)


@contextmanager
def _running(settings: Settings, config: Path | None, stop: threading.Event) -> Iterator[None]:
    """Every process, supervised from a thread, until the block ends."""
    ended = threading.Event()
    # The demo's visitors say where they come from as behind a proxy; only from this machine is that believed.
    with supervisor_of(
        settings,
        config=config,
        log_dir=settings.data_dir / "log",
        UTFALL_TRUSTED_PROXIES="127.0.0.0/8",
        UTFALL_DEMO="true",
        UTFALL_REACHABLE_NETWORKS=",".join(LOOPBACK),
    ) as supervisor:
        thread = threading.Thread(target=supervisor.run, args=(ended,), name="supervisor")
        thread.start()
        try:
            _wait_ready(settings, stop)
            yield
        finally:
            ended.set()
            thread.join()


def _wait_ready(settings: Settings, stop: threading.Event) -> None:
    patience = time.monotonic() + READY_WITHIN_S
    while not (_is_ready(url_of(settings)) and _is_ready(portal_url_of(settings))):
        if stop.wait(0.2):
            raise click.Abort
        if time.monotonic() > patience:
            raise Failure(f"edge or portal does not answer; see {settings.data_dir / 'log'}")


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _populate(life: "Life", stop: threading.Event, seconds: float | None) -> None:
    """People come for so many seconds (None: until stopped)."""
    began = time.monotonic()
    with progress("living", None if seconds is None else int(seconds * 10)) as bar:
        while not stop.is_set() and (seconds is None or time.monotonic() - began < seconds):
            life.run_for(stop, 0.5)
            _show_life(bar, life.seen, time.monotonic() - began)


def _show_life(bar: Advance, seen: dict[str, int], seconds: float) -> None:
    orders = sum(seen.get(kind, 0) for kind in ("sale", "lead", "install"))
    bar(int(seconds * 10), f"{seen.get('visitors', 0)} visitors, {orders} orders")


def _wait_settled(settings: Settings) -> None:
    """Let settlement and the lake catch up with what was said last."""
    from utfall.cli.money_plane import lag_of
    from utfall.portal.book import facade

    patience = time.monotonic() + SETTLED_WITHIN_S
    while time.monotonic() < patience:
        if facade.is_begun(settings.book_path.absolute()):
            lag = lag_of(settings)
            if not lag.unsettled and not lag.untold:
                return
        time.sleep(0.2)
    tell("settlement is still behind; what follows is as far as it has come")
