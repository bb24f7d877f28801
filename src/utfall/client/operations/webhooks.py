"""The operations of webhooks."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator

from utfall.client.models.webhooks import (
    EndpointAnswer,
    EndpointSecretAnswer,
    ListedSendingAnswer,
    PostbackMacroAnswer,
    PostbackPreviewAnswer,
    ReplayAnswer,
    SendingAnswer,
    SendingState,
    SendingWhole,
)
from utfall.client.models.webhooks_sent import (
    EndpointMade,
    EndpointSent,
    PostbackPreviewSent,
    ReplaySent,
    SecretRotationSent,
)
from utfall.client.reading import each
from utfall.client.transport import Calls


class Webhooks:
    """Webhooks and postbacks."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def hooks(self) -> tuple[EndpointAnswer, ...]:
        """Webhooks and postbacks. Every endpoint, the oldest first."""
        return self._calls.call("GET", "/webhooks", tuple[EndpointAnswer, ...])

    def make(self, body: EndpointMade, *, idempotency_key: str | None = None) -> EndpointSecretAnswer:
        """Make an endpoint. A new webhook or postback; its secret is in this answer alone."""
        return self._calls.call("POST", "/webhooks", EndpointSecretAnswer, body=body, key=idempotency_key)

    def macros(self) -> tuple[PostbackMacroAnswer, ...]:
        """Macros of postbacks. Everything that may stand in curly brackets."""
        return self._calls.call("GET", "/webhooks/macros", tuple[PostbackMacroAnswer, ...])

    def preview(
        self, body: PostbackPreviewSent, *, idempotency_key: str | None = None
    ) -> PostbackPreviewAnswer:
        """Preview a postback. The address with your newest conversion in it, or a made-up one."""
        return self._calls.call(
            "POST", "/webhooks/preview", PostbackPreviewAnswer, body=body, key=idempotency_key
        )

    def deliveries(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        endpoint: int | None = None,
        state: SendingState | None = None,
        kind: str | None = None,
    ) -> ListedSendingAnswer:
        """Deliveries. The log, newest first."""
        return self._calls.call(
            "GET",
            "/webhooks/deliveries",
            ListedSendingAnswer,
            query={"after": after, "limit": limit, "endpoint": endpoint, "state": state, "kind": kind},
        )

    def each_deliveries(
        self,
        *,
        limit: int | None = None,
        endpoint: int | None = None,
        state: SendingState | None = None,
        kind: str | None = None,
    ) -> Iterator[SendingAnswer]:
        """Deliveries. All of them, part by part."""
        return each(
            lambda after: self.deliveries(after=after, limit=limit, endpoint=endpoint, state=state, kind=kind)
        )

    def delivery(self, sending: int) -> SendingWhole:
        """One delivery. With every try: what was sent and what came back."""
        return self._calls.call("GET", f"/webhooks/deliveries/{sending}", SendingWhole)

    def again(self, sending: int, *, idempotency_key: str | None = None) -> SendingWhole:
        """Deliver again. At once, under the same id."""
        return self._calls.call(
            "POST", f"/webhooks/deliveries/{sending}/again", SendingWhole, key=idempotency_key
        )

    def hook(self, endpoint: int) -> EndpointAnswer:
        """One endpoint. One endpoint and how it fares."""
        return self._calls.call("GET", f"/webhooks/{endpoint}", EndpointAnswer)

    def change(
        self, endpoint: int, body: EndpointSent, *, idempotency_key: str | None = None
    ) -> EndpointAnswer:
        """Change an endpoint. All but its form and its secret."""
        return self._calls.call(
            "PUT", f"/webhooks/{endpoint}", EndpointAnswer, body=body, key=idempotency_key
        )

    def remove(self, endpoint: int, *, idempotency_key: str | None = None) -> None:
        """Remove an endpoint. It is called no more."""
        self._calls.call("DELETE", f"/webhooks/{endpoint}", type(None), key=idempotency_key)

    def pause(self, endpoint: int, *, idempotency_key: str | None = None) -> EndpointAnswer:
        """Pause an endpoint. What changes meanwhile is sent when it is resumed."""
        return self._calls.call("POST", f"/webhooks/{endpoint}/pause", EndpointAnswer, key=idempotency_key)

    def resume(self, endpoint: int, *, idempotency_key: str | None = None) -> EndpointAnswer:
        """Resume an endpoint. What waited is sent, and what it missed."""
        return self._calls.call("POST", f"/webhooks/{endpoint}/resume", EndpointAnswer, key=idempotency_key)

    def rotate(
        self, endpoint: int, body: SecretRotationSent, *, idempotency_key: str | None = None
    ) -> EndpointSecretAnswer:
        """New secret. Messages carry a signature by the old one as well until the overlap is over."""
        return self._calls.call(
            "POST", f"/webhooks/{endpoint}/secret", EndpointSecretAnswer, body=body, key=idempotency_key
        )

    def test(self, endpoint: int, *, idempotency_key: str | None = None) -> SendingWhole:
        """Send a test. A signed ping, or a postback's example; ask for the delivery to see what came of
        it.
        """
        return self._calls.call("POST", f"/webhooks/{endpoint}/test", SendingWhole, key=idempotency_key)

    def replay(self, endpoint: int, body: ReplaySent, *, idempotency_key: str | None = None) -> ReplayAnswer:
        """Replay. Send again everything after a cursor of the change feed, or what was made in a span of
        time.
        """
        return self._calls.call(
            "POST", f"/webhooks/{endpoint}/replay", ReplayAnswer, body=body, key=idempotency_key
        )
