"""What the guide says is so: its example checks real messages, and its table has every macro."""

import re
import time
from pathlib import Path
from typing import Any

from tests.portal.market import TwoTenants
from tests.portal.webhooks.conftest import Until
from tests.portal.webhooks.receiver import Receiver
from tests.portal.webhooks.telling import hook, tell
from utfall.portal.webhooks import facade
from utfall.portal.webhooks.contracts import State
from utfall.portal.webhooks.retrying import JITTER, STEPS

DOCS = Path(__file__).parents[3] / "docs"
GUIDE = (DOCS / "guides" / "webhooks.md").read_text(encoding="utf-8")


def example() -> Any:
    """The function of the guide, as its reader would have it."""
    found = re.search(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    assert found is not None
    names: dict[str, Any] = {}
    exec(found[1], names)  # the example is run as it stands
    return names["is_ours"]


def test_the_example_knows_our_messages_from_others(
    market: TwoTenants, receiver: Receiver, deliver_until: Until
) -> None:
    is_ours, caller = example(), market.a.advertiser.caller()
    made = hook(caller, receiver.url)
    tell(caller)
    deliver_until(lambda: [one.state for one in facade.sendings(caller).items] == [State.DELIVERED])
    (got,) = receiver.got
    assert is_ours(made.secret, got.headers, got.body)
    assert not is_ours(made.secret, got.headers, got.body + b" ")
    assert not is_ours(made.secret, {**got.headers, "webhook-id": "msg_0_0"}, got.body)
    assert not is_ours(made.secret, got.headers, got.body, now=time.time() + 301)


def test_every_macro_is_in_the_table() -> None:
    told = set(re.findall(r"`\{(\w+)\}`", GUIDE)) | {f"sub{number}" for number in range(1, 11)}
    assert {one.name for one in facade.macros()} == told


def test_the_table_of_retries_adds_up_to_a_day() -> None:
    seconds = sum(STEPS) * 10
    assert (seconds, seconds * (1 + JITTER) <= 24 * 3600) == (20 * 3600 + 36 * 60 + 10, True)
