"""Webhooks and postbacks: which there are and how they fare, new ones, tests, and sending again."""

from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal

from msgspec import UNSET, Meta

from utfall.client.models import ChangeKind, EndpointForm, EndpointMade, ReplaySent, SendingState
from utfall.mcp.desk import Desk
from utfall.mcp.plain import Plain, listed, plain
from utfall.mcp.refusals import Declined
from utfall.mcp.rehearsals import Plan
from utfall.mcp.tools import After, AnyProgram, Few, Id, Moment, Tools

tools = Tools()

Endpoint = Annotated[Id, Meta(description="Its number (tool webhooks).")]
SECRET: Final = (
    "The secret that signs its calls is told to no assistant: whoever runs the receiver takes a new one "
    "in the portal, on the endpoint's page."
)


@tools.reads("Webhooks and postbacks")
def webhooks(desk: Desk) -> Plain:
    """The endpoints that are called when something changes, with how they fare: state, failures in a row, and
    how much was delivered, waits, or was given up."""
    return {"endpoints": [plain(one) for one in desk.client.webhooks.hooks()]}


@tools.reads("Deliveries of webhooks")
def webhook_deliveries(
    desk: Desk,
    *,
    endpoint: Endpoint | None = None,
    state: Literal["waiting", "delivered", "dead"] | None = None,
    limit: Few = 20,
    after: After = None,
) -> Plain:
    """What was sent, newest first: status, error, tries, and when the next try is. `dead` was given up."""
    wanted = None if state is None else SendingState(state)
    return listed(desk.client.webhooks.deliveries(endpoint=endpoint, state=wanted, limit=limit, after=after))


@tools.writes("Make a webhook or postback", operation="webhooks_make", needs="track", can_be_undone=True)
def create_webhook(
    desk: Desk,
    *,
    url: Annotated[str, Meta(max_length=2000, description="https; a postback's has macros in braces.")],
    form: Literal["webhook", "postback"] = "webhook",
    kinds: Annotated[
        Sequence[str], Meta(max_length=60, description="Kinds of changes; none at all: every kind.")
    ] = (),
    description: Annotated[str, Meta(max_length=200, description="What it is for.")] = "",
    program: AnyProgram = None,
    method: Annotated[Literal["GET", "POST"] | None, Meta(description="Of a postback.")] = None,
    advertiser: Annotated[Id | None, Meta(description="For agencies: of which advertiser.")] = None,
) -> Plan:
    """Have an address called when something changes. Calls begin with the next change. The address must be
    public; your organisation's data goes there."""
    body = EndpointMade(
        url=url,
        form=EndpointForm(form),
        kinds=[_kind(one) for one in kinds],
        description=description,
        program=UNSET if program is None else program,
        method=UNSET if method is None else method,
        advertiser=UNSET if advertiser is None else advertiser,
    )
    what = ", ".join(kinds) or "every kind of change"
    return Plan(
        would=f"Send {what} of {desk.key.organisation} to {url}.",
        changes={"endpoint": {"now": "none", "then": description or url}},
        notes=(SECRET,),
        seen=[one.url for one in desk.client.webhooks.hooks()],
        look=lambda: [one.url for one in desk.client.webhooks.hooks()],
        do=lambda key: {
            "endpoint": plain(desk.client.webhooks.make(body, idempotency_key=key).endpoint),
            "next": "Call test_webhook, and look at webhook_deliveries.",
        },
    )


@tools.writes("Test a webhook", operation="webhooks_test", needs="track")
def test_webhook(desk: Desk, *, endpoint: Endpoint) -> Plan:
    """Send a test to an endpoint. The receiver sees that it is one; nothing happened."""
    found = desk.client.webhooks.hook(endpoint)
    return Plan(
        would=f"Send a test to {found.url}.",
        changes={"delivery": {"now": "none", "then": "a test"}},
        seen=(found.url, found.state),
        look=lambda: _place(desk, endpoint),
        do=lambda key: {"delivery": _sent(desk.client.webhooks.test(endpoint, idempotency_key=key))},
    )


@tools.writes("Send changes again", operation="webhooks_replay", needs="track")
def replay_webhook(
    desk: Desk,
    *,
    endpoint: Endpoint,
    cursor: Annotated[
        Annotated[int, Meta(ge=0)] | None, Meta(description="All changes after this cursor of the feed.")
    ] = None,
    since: Moment = None,
    until: Moment = None,
) -> Plan:
    """Send changes again to an endpoint: after a cursor of the change feed, or of a span of time. A receiver
    that does not look at the ids of messages takes them in twice."""
    if (cursor is None) == (since is None):
        raise Declined("where_from", "Say from where to send again.", "Say `cursor`, or `since`.", "cursor")
    found = desk.client.webhooks.hook(endpoint)
    body = ReplaySent(
        cursor=UNSET if cursor is None else cursor,
        since=UNSET if since is None else since,
        until=UNSET if until is None else until,
    )
    span = f"after cursor {cursor}" if since is None else f"from {since} to {until or 'now'}"
    return Plan(
        would=f"Send everything {span} to {found.url} again.",
        changes={"deliveries": {"now": "sent or given up", "then": "sent again"}},
        notes=("The receiver gets each message under the id it had before.",),
        seen=(found.url, found.state),
        look=lambda: _place(desk, endpoint),
        do=lambda key: {
            "sent_again": desk.client.webhooks.replay(endpoint, body, idempotency_key=key).number
        },
    )


def _place(desk: Desk, endpoint: int) -> tuple[str, Any]:
    """What must not move: where it goes, and whether it is called."""
    found = desk.client.webhooks.hook(endpoint)
    return found.url, found.state


def _sent(sending: Any) -> Plain:
    told: Plain = plain(sending)
    return {name: value for name, value in told.items() if name not in ("body", "attempts")}


def _kind(name: str) -> ChangeKind:
    known = [one.value for one in ChangeKind]
    if name not in known:
        sentence = f"There is no kind of change “{name}”."
        raise Declined("kind_unknown", sentence, f"Take some of: {', '.join(known)}.", "kinds")
    return ChangeKind(name)
