"""Background work: asked for, done, failed, cancelled, and begun again when the process that did it died."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.db import transaction

from tests.portal.market import TwoTenants
from tests.portal.work import kinds
from utfall.portal.access import NotFound, Refused, Role
from utfall.portal.access.allowances import USUAL, Allowed
from utfall.portal.site import SiteConfig, site
from utfall.portal.work import facade
from utfall.portal.work.contracts import State
from utfall.portal.work.doing import TRIES
from utfall.portal.work.kinds import duties, every
from utfall.portal.work.models import Duty, Work
from utfall.portal.work.running import begin_again, do_next, see_to_duties

PROGRAM = """
import json, sys, threading, msgspec
from utfall.portal.site import SiteConfig, setup_site
config = msgspec.json.decode(sys.argv[1], type=SiteConfig)
setup_site(config)
import tests.portal.work.kinds
from utfall.portal.work.process import run
run(config, threading.Event())
"""
ROOT = Path(__file__).parents[3]


def start(market: TwoTenants, kind: str, **payload: Any) -> int:
    return facade.start(market.a.advertiser.caller(), kind, payload)


def test_work_is_done_and_its_result_kept(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    number = start(market, kinds.COUNT, to=3)
    assert facade.task(caller, number).state is State.WAITING
    assert do_next()
    task = facade.task(caller, number)
    assert (task.state, task.percent) == (State.DONE, 100)
    assert task.result == {"counted": 3, "for": caller.name}
    assert (task.done, task.total) == (3, 3)
    assert not do_next()


def test_work_of_a_change_that_failed_never_begins(market: TwoTenants) -> None:
    with transaction.atomic():
        start(market, kinds.COUNT, to=3)
        transaction.set_rollback(True)
    assert not do_next()


def test_a_bug_is_a_sentence_without_its_secrets(market: TwoTenants) -> None:
    number = start(market, "test.fail", secret="hush")
    do_next()
    task = facade.task(market.a.advertiser.caller(), number)
    assert (task.state, task.error_code) == (State.FAILED, "failed")
    assert task.error
    assert "hush" not in task.error


def test_a_refusal_keeps_its_reason(market: TwoTenants) -> None:
    number = start(market, "test.refuse")
    do_next()
    task = facade.task(market.a.advertiser.caller(), number)
    assert (task.error_code, task.error) == ("too_early", "It is too early for this.")


def test_what_is_cancelled_stays_undone(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    number = start(market, kinds.COUNT, to=3)
    assert facade.cancel(caller, number).state is State.CANCELLED
    do_next()
    assert facade.task(caller, number).state is State.CANCELLED
    with pytest.raises(Refused):
        facade.cancel(caller, number)


def test_work_belongs_to_the_organisation(market: TwoTenants) -> None:
    number = start(market, kinds.COUNT, to=1)
    assert facade.task(market.a.advertiser.caller(Role.VIEWER), number).id == number
    with pytest.raises(NotFound):
        facade.task(market.b.advertiser.caller(), number)
    assert facade.tasks(market.b.advertiser.caller()).items == []


def test_there_is_a_limit_to_what_one_organisation_asks_for(market: TwoTenants) -> None:
    for _ in range(USUAL[Allowed.TASKS].usual):
        start(market, kinds.COUNT, to=1)
    with pytest.raises(Refused, match="Too much"):
        start(market, kinds.COUNT, to=1)
    facade.start(market.b.advertiser.caller(), kinds.COUNT, {"to": 1})


def test_whoever_left_has_nothing_done_for_them(market: TwoTenants) -> None:
    from utfall.portal.people.models import Membership

    number = start(market, kinds.COUNT, to=1)
    Membership.objects.system().filter(user=market.a.advertiser.users[Role.OWNER]).delete()
    do_next()
    assert Work.objects.system().get(pk=number).error_code == "not_found"


def test_what_a_dead_process_left_is_begun_again_and_then_given_up(market: TwoTenants) -> None:
    from django_tasks import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    number = start(market, kinds.COUNT, to=3)
    for attempt in range(1, TRIES + 1):
        Work.objects.system().update(state=Work.State.RUNNING, attempts=attempt)
        DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
        assert begin_again() == 1
        expected = State.WAITING if attempt < TRIES else State.FAILED
        assert facade.task(market.a.advertiser.caller(), number).state is expected
    assert facade.task(market.a.advertiser.caller(), number).error_code == "worker_died"
    assert not do_next()


def test_duties_are_seen_to_when_they_are_due(portal: SiteConfig) -> None:
    seen: list[str] = []

    @every(minutes=5)
    def one_that_works() -> None:
        seen.append("works")

    @every(minutes=5)
    def one_that_fails() -> None:
        seen.append("fails")
        raise RuntimeError("hush")

    see_to_duties()
    see_to_duties()
    assert seen == ["works", "fails"]
    errors = {duty.name.rpartition(".")[2]: duty.error for duty in Duty.objects.system().all()}
    assert errors["one_that_works"] == ""
    assert errors["one_that_fails"] == "RuntimeError"
    assert {"audit.tasks.check_the_chain", "work.tasks.forget_old_work"} <= {duty.name for duty in duties()}


def spawn(config: SiteConfig) -> subprocess.Popen[bytes]:
    told = msgspec.json.encode(config).decode()
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, told], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )


def until(holds: Any) -> None:
    """Wait for another process; a minute is a failure, not a measure."""
    for _ in range(3000):
        if holds():
            return
        time.sleep(0.02)
    raise AssertionError("it did not happen within a minute")


def test_work_survives_the_death_of_its_process(market: TwoTenants, tmp_path: Path) -> None:
    started, go_on = tmp_path / "started", tmp_path / "go-on"
    number = start(market, "test.wait", started=str(started), go_on=str(go_on))
    caller = market.a.advertiser.caller()
    first = spawn(site())
    until(started.exists)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert facade.task(caller, number).state is State.RUNNING
    second = spawn(site())
    try:
        until(lambda: started.read_text() == "started\n" * 2)
        go_on.touch()
        until(lambda: facade.task(caller, number).has_ended)
    finally:
        second.kill()
        second.wait()
    assert facade.task(caller, number).state is State.DONE
