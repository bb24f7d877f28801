"""User agents become classes from closed lists, off the loop, with a bound on how many may wait."""

import asyncio
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utfall.edge.agents import NEW_IN_ROWS, NO_AGENT, UNKNOWN, WAITING_MAX, Agent, Agents, classify

CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.0 Mobile/15E148 Safari/604.1"
)
TABLET = "Mozilla/5.0 (Linux; Android 13; SM-X906) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"
GOOGLE = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        (CHROME, Agent("desktop", "windows", "chrome")),
        (IPHONE, Agent("mobile", "ios", "safari")),
        (TABLET, Agent("tablet", "android", "chrome")),
        ("", NO_AGENT),
        ("   ", NO_AGENT),
        ("curl/7.88.1", Agent("other", "other", "other", "curl")),
    ],
)
def test_a_user_agent_becomes_classes(text: str, agent: Agent) -> None:
    assert classify(text) == agent


def test_a_robot_is_named_from_the_list_and_not_from_the_string() -> None:
    assert classify(GOOGLE).robot == "Googlebot"
    assert classify("anna-andersson/1 python-requests/2.31").robot == "python-requests"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_nothing_of_a_strange_string_is_kept(text: str) -> None:
    agent = classify("Zq" + text.replace("bot", "") + "Zq")
    assert all("Zq" not in part for part in agent if part)


def test_a_known_string_is_not_read_twice() -> None:
    read: list[str] = []

    def slow(text: str) -> Agent:
        read.append(text)
        return Agent(device="desktop")

    async def twice() -> list[Agent]:
        agents = Agents(overflowed=lambda: None, read=slow)
        first = await asyncio.gather(agents.of("x"), agents.of("x"))
        again = await agents.of("x" * 1)
        agents.close()
        return [*first, again]

    assert asyncio.run(twice()) == [Agent(device="desktop")] * 3
    assert read == ["x"]


def test_too_many_new_strings_pass_unclassified_and_are_counted() -> None:
    gate = threading.Event()
    overflowed: list[bool] = []

    def stuck(text: str) -> Agent:
        gate.wait()
        return Agent(device="desktop")

    async def flood() -> Agent:
        agents = Agents(overflowed=lambda: overflowed.append(True), read=stuck)
        waiting = [asyncio.ensure_future(agents.of(f"agent {number}")) for number in range(WAITING_MAX)]
        await asyncio.sleep(0)
        unclassified = await agents.of("one more")
        gate.set()
        await asyncio.gather(*waiting)
        agents.close()
        return unclassified

    assert asyncio.run(flood()) == UNKNOWN
    assert overflowed == [True]


def test_a_batch_has_only_so_many_new_strings_read_and_the_next_batch_knows_them() -> None:
    agents = Agents(overflowed=lambda: None, read=lambda text: Agent(device=text))
    first = agents.in_rows()
    read = [first.of(f"agent {number}") for number in range(NEW_IN_ROWS + 5)]
    assert read == [Agent(device=f"agent {number}") for number in range(NEW_IN_ROWS)] + [UNKNOWN] * 5
    assert first.of("agent 0") == Agent(device="agent 0")
    assert first.unclassified == 5
    second = agents.in_rows()
    assert second.of("agent 1") == Agent(device="agent 1")
    assert second.of(f"agent {NEW_IN_ROWS}") == Agent(device=f"agent {NEW_IN_ROWS}")
    assert second.unclassified == 0
    agents.close()
