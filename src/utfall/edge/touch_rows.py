"""Rows about what visitors saw and followed: clicks, impressions, viewable impressions, video progress."""

from typing import Any, Final, get_args

from utfall.edge.agents import NO_AGENT, UNKNOWN, Agent
from utfall.edge.reading import Reading
from utfall.edge.rows import Row
from utfall.edge.snapshots import link_named
from utfall.events import Click, Consent, Impression, Reason, Touch, VideoProgress, Viewable
from utfall.events.kinds import VideoMark
from utfall.events.limits import SUB_IDS, TEXT_CHARS
from utfall.terms import Link

MARKS: Final[tuple[str, ...]] = get_args(VideoMark)
AGENT_TEXT_CHARS: Final = 512
_ADDRESS_CHARS: Final = 45


def read_touch(reading: Reading, kind: str) -> Touch:
    """The event of a row of one of the four kinds."""
    link = _link(reading)
    common = {**_envelope(reading), **_place(reading, link)}
    common |= _visitor(reading, link, common["occurred_at"])
    match kind:
        case "click":
            return Click(**common)
        case "impression":
            return Impression(**common)
        case "viewable":
            return Viewable(**common, impression=impression_of(reading.row))
        case _:
            return VideoProgress(**common, mark=_mark(reading.row), impression=impression_of(reading.row))


def _envelope(reading: Reading) -> dict[str, Any]:
    identifier = reading.row.identifier()
    at = reading.row.time("occurred_at", "time") or reading.now
    return {
        "id": identifier or reading.means.event_id(at),
        "occurred_at": at,
        "received_at": reading.now,
        "source": reading.sender.source,
    }


def _link(reading: Reading) -> Link:
    row, snapshot = reading.row, reading.snapshot
    name = row.take("link")
    if name is None:
        row.refuse(Reason.MISSING_FIELD, "link")
    link = link_named(snapshot, name) if isinstance(name, int | str) else None
    if link is None:
        row.refuse(Reason.UNKNOWN_LINK, "link")
    advertiser = snapshot.programs[link.program].advertiser
    if not reading.sender.may_touch(advertiser, link.publisher):
        row.refuse(Reason.FORBIDDEN, "link")
    return link


def _place(reading: Reading, link: Link) -> dict[str, Any]:
    """Whose link it is; a row may say so too, and must then be right."""
    advertiser = reading.snapshot.programs[link.program].advertiser
    owners = {"advertiser": advertiser, "program": link.program, "publisher": link.publisher}
    for name, owner in owners.items():
        if (reading.row.whole(name) or owner) != owner:
            reading.row.refuse(Reason.INVALID_FIELD, name)
    return {**owners, "link": link.id}


def _visitor(reading: Reading, link: Link, at: int) -> dict[str, Any]:
    row = reading.row
    consent = read_consent(row)
    visitor = row.text("visitor")
    known = visitor if reading.may_identify(consent, (link.program,), at) else None
    agent = _agent(reading)
    return {
        "consent": consent,
        "visitor": reading.means.visitor_digest(known) if known else None,
        "address": reading.address(row.text("address", chars=_ADDRESS_CHARS)),
        "device": row.word("device") or agent.device,
        "os": row.word("os") or agent.os,
        "browser": row.word("browser") or agent.browser,
        "robot": row.word("robot") or agent.robot,
        "country": read_country(row),
        "sub": read_subs(row),
    }


def _agent(reading: Reading) -> Agent:
    """The classes of the string a row brings; blanks tell of a visitor without any."""
    text = reading.row.text("agent", chars=AGENT_TEXT_CHARS)
    return UNKNOWN if text is None else reading.means.classify(text) if text.strip() else NO_AGENT


def read_consent(row: Row) -> Consent:
    """The visitor's choice, as a word or as 1 and 0."""
    word = row.take("consent")
    if word is None:
        return Consent.UNKNOWN
    consent = CONSENT_WORDS.get(str(word).lower())
    return row.refuse(Reason.INVALID_FIELD, "consent") if consent is None else consent


CONSENT_WORDS: Final[dict[str, Consent]] = {
    "1": Consent.GRANTED,
    "true": Consent.GRANTED,
    "granted": Consent.GRANTED,
    "0": Consent.DENIED,
    "false": Consent.DENIED,
    "denied": Consent.DENIED,
    "unknown": Consent.UNKNOWN,
}


def read_country(row: Row) -> str | None:
    """A country of two letters."""
    country = row.text("country", chars=2)
    if country is not None and not is_country(country):
        row.refuse(Reason.INVALID_FIELD, "country")
    return country.upper() if country else None


def is_country(text: str) -> bool:
    """Whether a text looks like ISO 3166 alpha-2."""
    return len(text) == 2 and text.isascii() and text.isalpha()


def read_subs(row: Row) -> tuple[str, ...]:
    """Sub-ids, as `sub1` to `sub10` or as one list `sub`."""
    listed = row.take("sub")
    if listed is None:
        subs = [row.text(f"sub{number}") or "" for number in range(1, SUB_IDS + 1)]
        return trimmed(subs)
    if not isinstance(listed, list) or len(listed) > SUB_IDS:
        row.refuse(Reason.INVALID_FIELD, "sub")
    inner = Row({str(index): text for index, text in enumerate(listed)}, place="sub.")
    return trimmed([inner.text(str(index), chars=TEXT_CHARS) or "" for index in range(len(listed))])


def trimmed(subs: list[str]) -> tuple[str, ...]:
    """
    >>> trimmed(["", "a", "", ""])
    ('', 'a')
    """
    while subs and not subs[-1]:
        subs.pop()
    return tuple(subs)


def impression_of(row: Row) -> str | None:
    """The id of the impression that was seen, in any form of a UUID."""
    return Row({"id": row.take("impression")}, place="impression.").identifier()


def _mark(row: Row) -> VideoMark:
    mark = row.take("mark")
    if mark is None:
        row.refuse(Reason.MISSING_FIELD, "mark")
    if mark not in MARKS:
        row.refuse(Reason.INVALID_FIELD, "mark")
    return mark  # type: ignore[return-value]
