"""What the API's operations of this app take and answer."""

from datetime import date

from utfall.portal.links.contracts import Came, CodeDraft, Health, LeakVerdict, LinkDraft
from utfall.portal.rest.facade import Field, Moment, Number, Schema, Strict

Pair = tuple[str, str]


class LinkAnswer(Schema):
    """A tracking link."""

    id: int
    key: str = Field(description="What stands in its address.")
    address: str = Field(description="What a publisher puts on its page.")
    program: int
    advertiser: int
    publisher: int
    name: str
    destination: str
    property: int | None
    domain: int | None
    parameter: str = Field(description="The parameter in which the shop receives the click id.")
    template: list[Pair] = Field(description="Parameters that are added to the landing address.")
    subs: list[str]
    starts_at: Moment
    ends_at: Moment | None
    health: Health
    health_note: str
    checked_at: Moment | None
    created_at: Moment


class LinkChange(Strict):
    """What can change of a link: all of it is set to what is sent."""

    destination: str = Field("", max_length=2100, description="Left empty: the program's own page.")
    name: str = Field("", max_length=120)
    property: Number | None = None
    domain: Number | None = None
    parameter: str = Field("utfall", pattern=r"^[A-Za-z0-9_.~-]{1,40}$")
    template: list[Pair] = Field(default_factory=list, max_length=20)
    subs: list[str] = Field(default_factory=list, max_length=10)

    def draft(self, program: int) -> LinkDraft:
        """The draft it stands for."""
        said = self.dict(exclude={"program", "key", "publisher"})
        return LinkDraft(
            program=program, **{**said, "template": tuple(self.template), "subs": tuple(self.subs)}
        )


class LinkSent(LinkChange):
    """A new link."""

    program: Number
    key: str = Field("", max_length=32, description="Made up when left out.")
    publisher: Number | None = Field(None, description="For operators: whose link it is.")

    def new(self) -> LinkDraft:
        """The draft it stands for."""
        said = self.dict()
        return LinkDraft(**{**said, "template": tuple(self.template), "subs": tuple(self.subs)})


class DeepLinkSent(Strict):
    """A page of the shop."""

    destination: str = Field(max_length=2100)


class DeepLinkAnswer(Schema):
    """An address to one page by an existing link."""

    address: str
    destination: str
    link: int


class CodeAnswer(Schema):
    """A promo code."""

    id: int
    code: str
    program: int
    advertiser: int
    publisher: int
    description: str
    starts_at: Moment
    ends_at: Moment | None
    created_by: str


class CodeSent(Strict):
    """A code for a publisher."""

    program: Number
    publisher: Number
    code: str = Field(max_length=40)
    description: str = Field("", max_length=200)
    starts_at: Moment | None = Field(None, description="Left out: now.")
    ends_at: Moment | None = Field(None, description="Left out: until it is ended.")

    def draft(self) -> CodeDraft:
        """The draft it stands for."""
        return CodeDraft(**self.dict())


class CodeEnd(Strict):
    """When a code ends."""

    ends_at: Moment | None = Field(None, description="Left out: now.")


class ElsewhereAnswer(Schema):
    """A publisher whose clicks were the last before orders with somebody else's code."""

    publisher: int
    orders: int
    promotion_types: list[str] = Field(description="How it promotes the program.")
    is_voucher: bool


class LeakAnswer(Schema):
    """How a code's orders of the span came about."""

    code: CodeAnswer
    orders: int
    without_click: int
    own_clicks: int = Field(description="Orders whose last click was the code's own publisher's.")
    elsewhere: int = Field(description="Orders whose last click was somebody else's.")
    others: list[ElsewhereAnswer] = Field(description="Whose clicks; empty for publishers.")
    currency: str
    commission_micros: int = Field(description="What the code earned in the span.")
    at_stake_micros: int = Field(description="As much of it as came after clicks of others.")
    share_ppm: int | None = Field(description="`elsewhere` of `orders`; null without orders.")
    verdict: LeakVerdict


class LeakReportAnswer(Schema):
    """The leaks of a span, leaking codes first."""

    days: int
    since: Moment
    until: Moment
    leaks: list[LeakAnswer]
    is_whole: bool = Field(description="False where there were more orders than are read.")


class CodeOrderAnswer(Schema):
    """An order with a code, and the click it came by."""

    reference: str
    outcome: str
    occurred_at: Moment
    status: str
    came: Came
    by: int | None = Field(description="Whose click was the last before it.")
    clicked_at: Moment | None
    is_at_checkout: bool = Field(description="Made during checkout, where codes are looked up.")
    currency: str
    commission_micros: int = Field(description="What the code earned with it.")
    receipt: int


class DayClicksAnswer(Schema):
    """Valid clicks on a day."""

    day: date
    clicks: int


class DomainAnswer(Schema):
    """A tracking domain."""

    id: int
    host: str
    target: str = Field(description="Where its CNAME has to lead.")
    verified_at: Moment | None
    checked_at: Moment | None
    problem: str = Field(description="Why it cannot be used yet: unresolved, another, tls, timeout, …")


class DomainSent(Strict):
    """A host of one's own."""

    host: str = Field(max_length=253)
