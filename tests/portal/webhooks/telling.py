"""Changes to deliver, and endpoints to deliver them to."""

from utfall.portal.access import Caller
from utfall.portal.changes import facade as changes
from utfall.portal.changes.contracts import Kind
from utfall.portal.webhooks import facade
from utfall.portal.webhooks.contracts import EndpointDraft, Form, NewSecret

BODY = {
    "order_reference": "A-1",
    "outcome": "sale",
    "commission_micros": 84_000_000,
    "amount_micros": 1_050_000_000,
    "currency": "SEK",
    "subs": ["blue & green"],
}


def tell(owner: Caller, number: int = 1, kind: Kind = Kind.CONVERSION_RECORDED) -> int:
    """Tell of a conversion of an advertiser, or of a publisher; its cursor."""
    changes.tell(
        kind,
        subject=f"conversion:{number}",
        body=BODY,
        advertiser=next(iter(owner.advertisers), None),
        publisher=next(iter(owner.publishers), None),
    )
    return changes.latest()


def hook(owner: Caller, url: str, **more: object) -> NewSecret:
    return facade.create_endpoint(owner, EndpointDraft(url=f"{url}/hook", **more))  # type: ignore[arg-type]


def postback(owner: Caller, url: str, **more: object) -> NewSecret:
    draft = EndpointDraft(url=url, form=Form.POSTBACK, **more)  # type: ignore[arg-type]
    return facade.create_endpoint(owner, draft)
