"""Rows about orders: leads, actions, sales, installs."""

from typing import Final, NamedTuple

from utfall.edge.basket import read_lines
from utfall.edge.reading import Reading, programs_by_advertiser
from utfall.edge.rows import Row
from utfall.edge.touch_rows import AGENT_TEXT_CHARS, read_consent, read_country
from utfall.events import (
    ClickRef,
    Conversion,
    InvalidToken,
    Outcome,
    Reason,
    open_token,
)
from utfall.events.limits import CLICK_TOKENS, ORDER_CHARS
from utfall.journal.vault import normalised_key
from utfall.money import minor_digits

_CUSTOMER_CHARS: Final = 512
_ADDRESS_CHARS: Final = 45
_TOUCH_OUTCOMES: Final = frozenset({Outcome.IMPRESSION, Outcome.VIEWABLE, Outcome.VIDEO, Outcome.CLICK})


class Private(NamedTuple):
    """What must not stand in the journal in clear: whose it is, and what is sealed for them."""

    customer: tuple[int, str]
    readable: dict[str, str]


def read_conversion(reading: Reading) -> tuple[Conversion, Private | None]:
    """A lead, action, sale or install, and the person in it where a person may be known again."""
    row, sender = reading.row, reading.sender
    identifier = row.identifier()
    at = row.time("occurred_at", "time") or reading.now
    clicks = _clicks(reading)
    program, advertiser = owner_of(reading, clicks)
    outcome = read_outcome(row)
    lines = read_lines(row)
    if outcome is Outcome.SALE and not lines:
        row.refuse(Reason.MISSING_FIELD, "amount")
    consent = read_consent(row)
    concerned = _programs_concerned(reading, program, clicks, advertiser)
    identify = reading.may_identify(consent, concerned, at)
    visitor = row.text("visitor") or sender.visitor
    address = row.text("address", chars=_ADDRESS_CHARS) or sender.address
    agent = row.text("agent", chars=AGENT_TEXT_CHARS) or sender.agent
    private = _private(row, advertiser, address, agent)
    conversion = Conversion(
        id=identifier or reading.means.event_id(at),
        occurred_at=at,
        received_at=reading.now,
        source=sender.source,
        advertiser=advertiser,
        outcome=outcome,
        order=row.required_text("order", chars=ORDER_CHARS),
        currency=read_currency(reading, concerned, needed=bool(lines)),
        lines=lines,
        program=program,
        action=row.text("action"),
        clicks=clicks,
        visitor=reading.means.visitor_digest(visitor) if identify and visitor else None,
        customer_is_new=row.flag("customer_is_new", "new"),
        code=upper(row.text("code")),
        channel=row.text("channel"),
        test=row.flag("test") or False,
        consent=consent,
        checkout_at=row.time("checkout_at"),
        country=read_country(row),
        device=row.word("device") or (reading.means.classify(agent).device if agent else None),
        address=reading.address(address),
    )
    return conversion, private if identify else None


def upper(code: str | None) -> str | None:
    return code.upper() if code else None


def _private(row: Row, advertiser: int, address: str | None, agent: str | None) -> Private | None:
    customer = row.text("customer", chars=_CUSTOMER_CHARS)
    if customer is None:
        return None
    try:
        normalised_key(customer)
    except ValueError:
        row.refuse(Reason.INVALID_FIELD, "customer")
    readable = {"customer": customer, "address": address, "agent": agent}
    return Private((advertiser, customer), {name: text for name, text in readable.items() if text})


def owner_of(reading: Reading, clicks: tuple[ClickRef, ...]) -> tuple[int | None, int]:
    """The program, where the row names one, and the advertiser: named, the sender's, or the program's."""
    row, snapshot = reading.row, reading.snapshot
    program = row.whole("program", least=1)
    if program is not None and program not in snapshot.programs:
        row.refuse(Reason.UNKNOWN_PROGRAM, "program")
    named = row.whole("advertiser", least=1)
    concerned = (program, *(click.program for click in clicks))
    owners = (snapshot.programs[each].advertiser for each in concerned if each in snapshot.programs)
    advertiser = named or reading.sender.advertiser or next(owners, None)
    if advertiser is None:
        row.refuse(Reason.MISSING_FIELD, "advertiser")
    if advertiser not in snapshot.advertisers:
        row.refuse(Reason.UNKNOWN_ADVERTISER, "advertiser")
    if not reading.sender.may_sell(advertiser):
        row.refuse(Reason.FORBIDDEN, "advertiser")
    if program is not None and snapshot.programs[program].advertiser != advertiser:
        row.refuse(Reason.FORBIDDEN, "program")
    return program, advertiser


def _programs_concerned(
    reading: Reading, program: int | None, clicks: tuple[ClickRef, ...], advertiser: int
) -> tuple[int, ...]:
    """The program named, else those clicked, else all of the advertiser's: the strictest of them decides.

    A click on somebody else's link says nothing here: its program may ask for less than the advertiser's own.
    """
    if program is not None:
        return (program,)
    own = programs_by_advertiser(reading.snapshot).get(advertiser, ())
    return tuple(click.program for click in clicks if click.program in own) or own


def read_outcome(row: Row) -> Outcome:
    outcome = row.choice(Outcome, "outcome") or Outcome.SALE
    if outcome in _TOUCH_OUTCOMES:
        row.refuse(Reason.INVALID_FIELD, "outcome")
    return outcome


def _clicks(reading: Reading) -> tuple[ClickRef, ...]:
    """The click tokens, one text (commas between several) or a list; every one of them must be ours."""
    row = reading.row
    value = row.take("click", "click_id", "utfall")
    texts = value.split(",") if isinstance(value, str) else value if value is not None else []
    if not isinstance(texts, list) or len(texts) > CLICK_TOKENS:
        row.refuse(Reason.INVALID_FIELD, "click")
    try:
        opened = [open_token(reading.means.secrets, text if isinstance(text, str) else "") for text in texts]
    except InvalidToken:
        row.refuse(Reason.INVALID_CLICK_TOKEN, "click")
    return tuple(dict.fromkeys(opened_token.ref() for opened_token in opened))


def read_currency(reading: Reading, concerned: tuple[int, ...], *, needed: bool) -> str:
    """The order's currency. An order without an amount may leave it out where its programs have but one."""
    row = reading.row
    currency = upper(row.text("currency", chars=3))
    if currency is None and not needed:
        theirs = {reading.snapshot.programs[program].currency for program in concerned}
        currency = theirs.pop() if len(theirs) == 1 else None
    if currency is None:
        row.refuse(Reason.MISSING_FIELD, "currency")
    if minor_digits(currency) is None:
        row.refuse(Reason.INVALID_CURRENCY, "currency")
    return currency
