"""`utfall deliver` as a process of its own: killed during a call, refused twice, and yet all arrives."""

import os
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from msgspec.structs import replace

from tests.portal import database
from tests.portal.webhooks.receiver import HERE, Receiver, receiving, until
from tests.portal.webhooks.telling import hook, tell
from tests.portal.webhooks.test_guide import example
from tests.scenarios.running_cli import command, environment
from utfall.cli.control_plane import SECRET
from utfall.journal.keys import load_or_create_secret
from utfall.portal.site import site
from utfall.portal.webhooks import facade
from utfall.portal.webhooks.models import Endpoint
from utfall.portal.webhooks.signing import secret_of

NUMBER = 3


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as one:
        yield one


@pytest.fixture
def data(tmp_path: Path, receiver: Receiver) -> tuple[Path, str]:
    """An installation whose feed holds changes that nobody has delivered yet, and the endpoint's secret."""
    market = database.fresh_market()
    with override_settings(SITE=replace(site(), reachable=HERE)):
        caller = market.a.advertiser.caller()
        made = hook(caller, receiver.url)
        facade.begin()
        for number in range(NUMBER):
            tell(caller, number)
    folder = tmp_path / "data"
    database.begin_in(folder)
    salt = Endpoint.objects.system().get(pk=made.endpoint.id).salt
    with (
        closing(sqlite3.connect(site().database_path)) as source,
        closing(sqlite3.connect(folder / "portal.sqlite3")) as copy,
    ):
        source.backup(copy)
    database.leave()
    installed = load_or_create_secret(folder / "keys" / SECRET).hex()
    return folder, secret_of(installed, made.endpoint.id, salt)


@contextmanager
def delivering(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The process, stopped politely at the end if it still runs."""
    told = environment(UTFALL_REACHABLE_NETWORKS="127.0.0.0/8", UTFALL_DELIVER_FIRST_RETRY_MS="50")
    process = subprocess.Popen(command(folder, "deliver"), env=told)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(60)


def rows(folder: Path, question: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "portal.sqlite3")) as connection:
        return list(connection.execute(question))


def test_what_a_killed_process_was_sending_arrives_by_the_same_id(
    data: tuple[Path, str], receiver: Receiver
) -> None:
    folder, secret = data
    receiver.hold = threading.Event()
    with delivering(folder) as process:
        receiver.wait(1)
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait(60) == -signal.SIGKILL
    receiver.hold.set()
    with delivering(folder) as process:
        receiver.wait(NUMBER + 1)
        until(lambda: states(folder) == ["delivered"] * NUMBER)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    is_ours, ids = example(), [got.id for got in receiver.got]
    assert ids[0] == ids[1], "it was not written down, so it came again"
    assert sorted(set(ids)) == sorted(ids[1:])
    assert all(is_ours(secret, got.headers, got.body) for got in receiver.got)


def test_a_receiver_that_misses_the_first_two_tries_has_everything_in_the_end(
    data: tuple[Path, str], receiver: Receiver
) -> None:
    folder, secret = data
    receiver.answers = [500, 503]
    with delivering(folder):
        until(lambda: states(folder) == ["delivered"] * NUMBER)
    assert len(receiver.got) == NUMBER + 2
    assert all(example()(secret, got.headers, got.body) for got in receiver.got)
    statuses = [status for (status,) in rows(folder, "SELECT status FROM webhooks_attempt ORDER BY id")]
    assert statuses == [500, 503, 200, 200, 200]


def states(folder: Path) -> list[str]:
    return [state for (state,) in rows(folder, "SELECT state FROM webhooks_delivery")]
