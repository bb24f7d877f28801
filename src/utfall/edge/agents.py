"""User agents become classes: device, system, browser, robot. The string itself stays in memory.

Reading one takes milliseconds, so it happens once per string, in a thread of its own; clicks wait for it only
when the string is new, and when too many are new at once they pass unclassified, counted.
"""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Final, NamedTuple

AGENT_CHARS: Final = 512
REMEMBERED: Final = 20_000
REMEMBERED_IN_ROWS: Final = 4096
WAITING_MAX: Final = 64
NEW_IN_ROWS: Final = 128
"""Most strings that one batch may have read: a hostile one takes ten milliseconds and more, and the batches
of everybody else wait in the same queue."""


class Agent(NamedTuple):
    """What is kept of a user agent; None is unknown, and `robot` names a known robot."""

    device: str | None = None
    os: str | None = None
    browser: str | None = None
    robot: str | None = None


UNKNOWN: Final = Agent()
NO_AGENT: Final = Agent(robot="no user agent")

# Closed lists: a family that the parser took out of the string itself could be anything somebody wrote there.
_SYSTEMS: Final = {
    "Windows": "windows",
    "Windows Phone": "windows",
    "Mac OS X": "macos",
    "iOS": "ios",
    "Android": "android",
    "Chrome OS": "chromeos",
    "Linux": "linux",
    "Ubuntu": "linux",
    "Fedora": "linux",
    "Debian": "linux",
    "Tizen": "tv",
    "WebOS": "tv",
    "tvOS": "tv",
}
_BROWSERS: Final = (
    ("Edge", "edge"),
    ("Opera", "opera"),
    ("Samsung", "samsung"),
    ("Firefox", "firefox"),
    ("Vivaldi", "vivaldi"),
    ("Brave", "brave"),
    ("DuckDuckGo", "duckduckgo"),
    ("Facebook", "facebook"),
    ("Instagram", "instagram"),
    ("Chrome", "chrome"),
    ("Chromium", "chrome"),
    ("Safari", "safari"),
    ("WebKit", "safari"),
    ("IE", "internet explorer"),
)
_DESKTOPS: Final = frozenset({"windows", "macos", "linux", "chromeos"})
_TELEVISION: Final = re.compile(r"smart-?tv|\btv\b|appletv|googletv|bravia|aftt|roku", re.IGNORECASE)
_TABLET: Final = re.compile(r"ipad|tablet|kindle|silk/", re.IGNORECASE)


def classify(text: str) -> Agent:
    """The classes of a user agent; slow, and needs nothing but the string."""
    from ua_parser import parse

    text = text[:AGENT_CHARS]
    if not text.strip():
        return NO_AGENT
    read = parse(text)
    family = read.user_agent.family if read.user_agent else ""
    system = _SYSTEMS.get(read.os.family if read.os else "", "other")
    spider = "spider" if read.device is not None and read.device.family == "Spider" else None
    browser = next((name for prefix, name in _BROWSERS if prefix in family), "other")
    return Agent(_device(text, system), None if system == "tv" else system, browser, _robot(text) or spider)


def _device(text: str, system: str) -> str:
    if system == "tv" or _TELEVISION.search(text):
        return "tv"
    if _TABLET.search(text) or (system == "android" and "Mobile" not in text):
        return "tablet"
    if system in ("ios", "android"):
        return "mobile"
    return "desktop" if system in _DESKTOPS else "other"


def _robot(text: str) -> str | None:
    for group, single in _crawlers():
        if group.search(text):
            return next((name for pattern, name in single if pattern.search(text)), None)
    return None


_GROUP: Final = 25
Crawlers = tuple[tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], str], ...]], ...]


@lru_cache(maxsize=1)
def _crawlers() -> Crawlers:
    """The known robots by their patterns, in groups, so that a person's browser is tested in few searches."""
    from crawleruseragents import CRAWLER_USER_AGENTS_DATA

    patterns = [str(each["pattern"]) for each in CRAWLER_USER_AGENTS_DATA]
    groups = [patterns[at : at + _GROUP] for at in range(0, len(patterns), _GROUP)]
    return tuple(
        (
            re.compile("|".join(f"(?:{pattern})" for pattern in group)),
            tuple((re.compile(pattern), _robot_name(pattern)) for pattern in group),
        )
        for group in groups
    )


def _robot_name(pattern: str) -> str:
    r"""A readable name from the list's own pattern, never from the visitor's string.

    >>> _robot_name("[wW]get"), _robot_name("Googlebot\\/"), _robot_name("AdsBot-Google([^-]|$)")
    ('wget', 'Googlebot', 'AdsBot-Google')
    """
    plain = re.sub(r"\(\[\^.*|\[\\s\\S\]\*", " ", pattern)
    plain = re.sub(r"\[(\w)\w*\]", r"\1", plain).replace("\\", "")
    return plain.replace("(^| )", "").strip("^$/ ").split("|")[0].strip("(/ ")[:50] or "robot"


class Agents:
    """Remembers the classes of the most recent strings of one worker."""

    def __init__(self, *, overflowed: Callable[[], None], read: Callable[[str], Agent] = classify) -> None:
        self.known: OrderedDict[str, Agent] = OrderedDict({"": NO_AGENT})
        self._overflowed = overflowed
        self._read = read
        self._known_in_rows: OrderedDict[str, Agent] = OrderedDict()
        self._reading: dict[str, asyncio.Future[Agent]] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="agents")

    async def warm_up(self) -> None:
        """Compiles the tables before the first visitor has to wait for them."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._read, "Mozilla/5.0 (Linux)")

    async def of(self, text: str) -> Agent:
        """The classes of a string; unknown when too many new ones wait."""
        text = text[:AGENT_CHARS]
        agent = self.known.get(text)
        if agent is not None:
            return agent
        reading = self._reading.get(text)
        if reading is None:
            if len(self._reading) >= WAITING_MAX:
                self._overflowed()
                return UNKNOWN
            reading = self._begin(text)
        return await asyncio.shield(reading)

    def in_rows(self) -> "AgentsInRows":
        """Reads the strings of one batch of rows in a lane's thread; what one lane learns the other knows."""
        return AgentsInRows(self.known, self._known_in_rows, self._read)

    def close(self) -> None:
        """Ends the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _begin(self, text: str) -> asyncio.Future[Agent]:
        reading = asyncio.get_running_loop().run_in_executor(self._thread, self._read, text)
        self._reading[text] = reading
        reading.add_done_callback(lambda done: self._remember(text, done))
        return reading

    def _remember(self, text: str, done: asyncio.Future[Agent]) -> None:
        del self._reading[text]
        if done.cancelled() or done.exception() is not None:
            return
        self.known[text] = done.result()
        if len(self.known) > REMEMBERED:
            self.known.popitem(last=False)


class AgentsInRows:
    """Reads the user agents of one batch at once; what is new beyond `NEW_IN_ROWS` passes unclassified."""

    def __init__(
        self, known: Mapping[str, Agent], remembered: OrderedDict[str, Agent], read: Callable[[str], Agent]
    ) -> None:
        self._known = known
        self._remembered = remembered
        self._read = read
        self._left = NEW_IN_ROWS
        self.unclassified = 0

    def of(self, text: str) -> Agent:
        """The classes of a string."""
        text = text[:AGENT_CHARS]
        agent = self._known.get(text) or self._remembered.get(text)
        if agent is not None:
            return agent
        if not self._left:
            self.unclassified += 1
            return UNKNOWN
        self._left -= 1
        agent = self._remembered[text] = self._read(text)
        if len(self._remembered) > REMEMBERED_IN_ROWS:
            self._remembered.popitem(last=False)
        return agent
