"""The operations of links."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator, Sequence
from typing import Literal

from utfall.client.models.commission import Verdicts
from utfall.client.models.links import (
    CodeAnswer,
    CodeOrderAnswer,
    DayClicksAnswer,
    DeepLinkAnswer,
    DomainAnswer,
    LeakReportAnswer,
    LinkAnswer,
    ListedCodeAnswer,
    ListedLinkAnswer,
)
from utfall.client.models.links_sent import CodeEnd, CodeSent, DeepLinkSent, DomainSent, LinkChange, LinkSent
from utfall.client.reading import each
from utfall.client.transport import Calls


class Links:
    """Links, codes and domains."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def links(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        program: int | None = None,
        publisher: int | None = None,
        search: str | None = None,
        state: Literal["in_use", "broken", "ended"] | None = None,
    ) -> ListedLinkAnswer:
        """Links. The caller's links, newest first."""
        return self._calls.call(
            "GET",
            "/links",
            ListedLinkAnswer,
            query={
                "after": after,
                "limit": limit,
                "program": program,
                "publisher": publisher,
                "search": search,
                "state": state,
            },
        )

    def each_links(
        self,
        *,
        limit: int | None = None,
        program: int | None = None,
        publisher: int | None = None,
        search: str | None = None,
        state: Literal["in_use", "broken", "ended"] | None = None,
    ) -> Iterator[LinkAnswer]:
        """Links. All of them, part by part."""
        return each(
            lambda after: self.links(
                after=after, limit=limit, program=program, publisher=publisher, search=search, state=state
            )
        )

    def make(self, body: LinkSent, *, idempotency_key: str | None = None) -> LinkAnswer:
        """Make a link. A new tracking link."""
        return self._calls.call("POST", "/links", LinkAnswer, body=body, key=idempotency_key)

    def make_many(self, rows: Sequence[LinkSent], *, idempotency_key: str | None = None) -> Verdicts:
        """Make many links. Each row on its own."""
        return self._calls.call("POST", "/links/bulk", Verdicts, body={"rows": rows}, key=idempotency_key)

    def link(self, link: int) -> LinkAnswer:
        """One link."""
        return self._calls.call("GET", f"/links/{link}", LinkAnswer)

    def change(self, link: int, body: LinkChange, *, idempotency_key: str | None = None) -> LinkAnswer:
        """Change a link. Where it leads and what it adds; its key and program stay."""
        return self._calls.call("PUT", f"/links/{link}", LinkAnswer, body=body, key=idempotency_key)

    def end(self, link: int, *, idempotency_key: str | None = None) -> LinkAnswer:
        """End a link. Clicks on it are credited no more."""
        return self._calls.call("POST", f"/links/{link}/end", LinkAnswer, key=idempotency_key)

    def revive(self, link: int, *, idempotency_key: str | None = None) -> LinkAnswer:
        """Revive a link. Clicks on it are credited again."""
        return self._calls.call("POST", f"/links/{link}/revive", LinkAnswer, key=idempotency_key)

    def check(self, link: int, *, idempotency_key: str | None = None) -> LinkAnswer:
        """Check a link. Visit its destination now."""
        return self._calls.call("POST", f"/links/{link}/check", LinkAnswer, key=idempotency_key)

    def deep(self, link: int, body: DeepLinkSent, *, idempotency_key: str | None = None) -> DeepLinkAnswer:
        """A deep link. An address to one page of the shop by this link."""
        return self._calls.call("POST", f"/links/{link}/deep", DeepLinkAnswer, body=body, key=idempotency_key)

    def clicks(self, link: int) -> tuple[DayClicksAnswer, ...]:
        """Clicks on a link. Valid clicks on each of the last thirty days (UTC), today the last."""
        return self._calls.call("GET", f"/links/{link}/clicks", tuple[DayClicksAnswer, ...])

    def codes(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        program: int | None = None,
        publisher: int | None = None,
        search: str | None = None,
        ended: bool | None = None,
    ) -> ListedCodeAnswer:
        """Codes. The caller's promo codes, newest first."""
        return self._calls.call(
            "GET",
            "/codes",
            ListedCodeAnswer,
            query={
                "after": after,
                "limit": limit,
                "program": program,
                "publisher": publisher,
                "search": search,
                "ended": ended,
            },
        )

    def each_codes(
        self,
        *,
        limit: int | None = None,
        program: int | None = None,
        publisher: int | None = None,
        search: str | None = None,
        ended: bool | None = None,
    ) -> Iterator[CodeAnswer]:
        """Codes. All of them, part by part."""
        return each(
            lambda after: self.codes(
                after=after, limit=limit, program=program, publisher=publisher, search=search, ended=ended
            )
        )

    def assign(self, body: CodeSent, *, idempotency_key: str | None = None) -> CodeAnswer:
        """Give out a code. Orders with it are the publisher's."""
        return self._calls.call("POST", "/codes", CodeAnswer, body=body, key=idempotency_key)

    def assign_many(self, rows: Sequence[CodeSent], *, idempotency_key: str | None = None) -> Verdicts:
        """Give out many codes. Each row on its own."""
        return self._calls.call("POST", "/codes/bulk", Verdicts, body={"rows": rows}, key=idempotency_key)

    def leaks(self, *, days: Literal[30, 90] | None = None, program: int | None = None) -> LeakReportAnswer:
        """Leak report. How orders with codes came about: without a click, by their own publisher's, or by
        somebody else's.
        """
        return self._calls.call(
            "GET", "/codes/leaks", LeakReportAnswer, query={"days": days, "program": program}
        )

    def code(self, code: int) -> CodeAnswer:
        """One code."""
        return self._calls.call("GET", f"/codes/{code}", CodeAnswer)

    def code_orders(self, code: int, *, days: Literal[30, 90] | None = None) -> tuple[CodeOrderAnswer, ...]:
        """Orders with a code. The orders behind the leak report, newest first, each with the click it came
        by.
        """
        return self._calls.call(
            "GET", f"/codes/{code}/orders", tuple[CodeOrderAnswer, ...], query={"days": days}
        )

    def end_code(self, code: int, body: CodeEnd, *, idempotency_key: str | None = None) -> CodeAnswer:
        """End a code. Now, or at a later moment."""
        return self._calls.call("POST", f"/codes/{code}/end", CodeAnswer, body=body, key=idempotency_key)

    def domains(self) -> tuple[DomainAnswer, ...]:
        """Tracking domains. The caller's tracking domains."""
        return self._calls.call("GET", "/domains", tuple[DomainAnswer, ...])

    def add_domain(self, body: DomainSent, *, idempotency_key: str | None = None) -> DomainAnswer:
        """Add a domain. Add a host; point it at the edge, then check it."""
        return self._calls.call("POST", "/domains", DomainAnswer, body=body, key=idempotency_key)

    def check_domain(self, domain: int, *, idempotency_key: str | None = None) -> DomainAnswer:
        """Check a domain. Look whether it leads to this installation's edge."""
        return self._calls.call("POST", f"/domains/{domain}/check", DomainAnswer, key=idempotency_key)

    def remove_domain(self, domain: int, *, idempotency_key: str | None = None) -> None:
        """Remove a domain. Its links go on under the installation's own address."""
        self._calls.call("DELETE", f"/domains/{domain}", type(None), key=idempotency_key)
