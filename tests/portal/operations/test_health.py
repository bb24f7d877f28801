"""Health: what is known, where from, how it is judged; and that nothing is made up."""

import fcntl
import json
import os
from datetime import timedelta
from pathlib import Path

import msgspec
from django.conf import settings
from django.utils import timezone

from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from utfall.portal.access import Role
from utfall.portal.operations import facade
from utfall.portal.operations.contracts import HealthView, Standing
from utfall.portal.operations.health import QUEUES, judge
from utfall.portal.operations.measuring import Measured
from utfall.portal.operations.models import Sample
from utfall.portal.operations.tasks import look_at_queues
from utfall.portal.site import SiteConfig
from utfall.portal.work.models import Work


def standings(view: HealthView) -> dict[str, Standing]:
    return {one.name: one.standing for one in view.processes}


def test_where_nothing_is_known_it_says_so(market: TwoTenants, own_site: SiteConfig) -> None:
    found = facade.health(market.operator.caller())
    unknown = {name for name, one in standings(found).items() if one is Standing.UNKNOWN}
    assert unknown == {"edge", "settle", "follow", "ship", "seal", "work", "deliver", "check"}
    assert standings(found)["portal"] is Standing.WELL
    queues = {one.name: one for one in found.queues}
    assert (queues["outbox"].waiting, queues["outbox"].standing) == (None, Standing.UNKNOWN)
    assert (queues["letters"].waiting, queues["letters"].standing) == (0, Standing.WELL)
    assert {one.name: one.standing for one in found.facts}["backups"] is Standing.UNKNOWN


def test_processes_are_known_by_the_supervisor_and_by_their_locks(
    market: TwoTenants, own_site: SiteConfig, tmp_path: Path
) -> None:
    began = int((timezone.now() - timedelta(hours=1)).timestamp() * 1000)
    row = {"pid": os.getpid(), "started_at": began, "restarts": 0}
    services = [
        {"name": "edge", **row},
        {"name": "settle", **row, "pid": None, "exit_code": 65},
        {"name": "ship", **row, "restarts": 3, "started_at": int(timezone.now().timestamp() * 1000)},
        {"name": "check", **row, "pid": None, "exit_code": 1},
    ]
    (tmp_path / "up.json").write_text(
        json.dumps({"pid": 1, "url": "", "started_at": 1, "services": services})
    )
    settings.SITE = msgspec.structs.replace(own_site, run_dir=str(tmp_path))
    database = Path(own_site.database_path)
    work = database.with_name(f".{database.name}.work")
    with (tmp_path / "up.lock").open("wb") as supervisor, work.open("wb") as worker:
        fcntl.flock(worker, fcntl.LOCK_EX)
        stale = standings(facade.health(market.operator.caller()))
        assert (stale["edge"], stale["work"]) == (Standing.UNKNOWN, Standing.WELL), "nobody holds up.lock"
        fcntl.flock(supervisor, fcntl.LOCK_EX)
        found = standings(facade.health(market.operator.caller()))
    assert found["edge"] is Standing.WELL
    assert found["settle"] is Standing.BAD
    assert found["ship"] is Standing.WATCH
    assert found["check"] is Standing.BAD


def test_a_queue_is_judged_by_its_oldest_and_by_what_failed() -> None:
    now, tasks = timezone.now(), QUEUES["tasks"]
    found = (
        Measured(0, None, 0),
        Measured(900, now - timedelta(seconds=10), 0),
        Measured(1, now - timedelta(minutes=2), 0),
        Measured(1, now - timedelta(hours=1), 0),
        Measured(0, None, 1),
        Measured(),
    )
    judged = [judge(tasks, one, now)[0] for one in found]
    well, watch, bad, unknown = Standing.WELL, Standing.WATCH, Standing.BAD, Standing.UNKNOWN
    assert judged == [well, well, watch, bad, watch, unknown]


def test_the_page_shows_the_last_hour_and_what_wants_to_be_looked_at(
    market: TwoTenants, client_of: ClientOf
) -> None:
    operator = market.operator
    for minutes in (90, 30, 2):
        look_at_queues()
        Sample.objects.system().filter(pk=Sample.objects.system().latest("pk").pk).update(
            at=timezone.now() - timedelta(minutes=minutes)
        )
    Work.objects.system().create(
        kind="x", caller={}, organisation=1, created_at=timezone.now() - timedelta(hours=1)
    )
    look_at_queues()
    assert Sample.objects.system().count() == 3, "what is older than an hour is forgotten"
    found = facade.health(operator.caller())
    tasks = {one.name: one for one in found.queues}["tasks"]
    assert [one for one in tasks.hour if one is not None] == [0, 0, 1]
    assert tasks.standing is Standing.BAD
    browser = client_of(operator.users[Role.OWNER])
    page = browser.get(f"/{operator.slug}/operations/").content.decode()
    assert "The oldest has waited for far too long" in page
    assert "spark" in page
    assert "The process work is down" in browser.get(f"/{operator.slug}/operations/now/").content.decode()
    assert facade.troubles(operator.caller()) >= 1
    assert client_of(operator.users[Role.VIEWER]).get(f"/{operator.slug}/operations/").status_code == 403
