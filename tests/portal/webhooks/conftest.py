"""An installation that may call this machine, and a deliverer that is stepped by hand."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.test import override_settings
from msgspec.structs import replace

from tests.portal.market import TwoTenants
from tests.portal.webhooks.receiver import HERE, Receiver, receiving, until
from utfall.portal.site import site
from utfall.portal.webhooks import facade
from utfall.workers.deliver import Deliverer

Until = Callable[[Callable[[], bool]], None]


@pytest.fixture(autouse=True)
def reaching() -> Iterator[None]:
    with override_settings(SITE=replace(site(), reachable=HERE)):
        yield


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as one:
        yield one


@pytest.fixture
def deliver_until(market: TwoTenants) -> Iterator[Until]:
    """Deliver, step by step, until something is so."""
    with ThreadPoolExecutor(max_workers=8) as pool:
        facade.begin()
        deliverer = Deliverer(timedelta(milliseconds=10), 8, pool)

        def deliver(what: Callable[[], bool]) -> None:
            def stepped() -> bool:
                deliverer.step(0.02)
                return what()

            until(stepped)
            deliverer.finish()

        yield deliver
