"""A market in which something was measured."""

from collections.abc import Iterator

import pytest

from tests.portal.market import TwoTenants
from tests.portal.reports import measured


@pytest.fixture
def busy(market: TwoTenants) -> Iterator[TwoTenants]:
    """Both sides have had clicks and sales on three days."""
    measured.fill(market)
    yield market
    measured.empty()
