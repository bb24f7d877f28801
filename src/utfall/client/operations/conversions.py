"""The operations of conversions."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

from utfall.client.models.conversions import (
    ListedOrderAnswer,
    OrderAnswer,
    OrderStoryAnswer,
    OrderTotalsAnswer,
)
from utfall.client.reading import each
from utfall.client.transport import Calls

StatusWord = Literal["unpaid", "pending", "approved", "payable", "declined", "reversed"]
SortWord = Literal["-occurred", "occurred", "due", "-amount", "amount", "-commission", "commission"]


class Conversions:
    """Orders."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def conversions(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        tests: bool | None = None,
        search: str | None = None,
        advertiser: int | None = None,
        program: int | None = None,
        publisher: int | None = None,
        status: Sequence[StatusWord] | None = None,
        paid: bool | None = None,
        outcome: Literal["", "sale", "lead", "action", "install"] | None = None,
        reason: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        silence_until: datetime | None = None,
        code: str | None = None,
        sub: str | None = None,
        link: int | None = None,
        country: str | None = None,
        device: str | None = None,
        channel: str | None = None,
        customer: Literal["", "new", "returning", "lapsed"] | None = None,
        method: Literal["", "click", "view", "code", "recurring"] | None = None,
        source: str | None = None,
        currency: str | None = None,
        amount_from_micros: int | None = None,
        amount_to_micros: int | None = None,
        commission_from_micros: int | None = None,
        commission_to_micros: int | None = None,
        sort: SortWord | None = None,
    ) -> ListedOrderAnswer:
        """Orders. Those that fit, each by your side of it; the newest first, or as `sort` says."""
        return self._calls.call(
            "GET",
            "/conversions",
            ListedOrderAnswer,
            query={
                "after": after,
                "limit": limit,
                "tests": tests,
                "search": search,
                "advertiser": advertiser,
                "program": program,
                "publisher": publisher,
                "status": status,
                "paid": paid,
                "outcome": outcome,
                "reason": reason,
                "since": since,
                "until": until,
                "silence_until": silence_until,
                "code": code,
                "sub": sub,
                "link": link,
                "country": country,
                "device": device,
                "channel": channel,
                "customer": customer,
                "method": method,
                "source": source,
                "currency": currency,
                "amount_from_micros": amount_from_micros,
                "amount_to_micros": amount_to_micros,
                "commission_from_micros": commission_from_micros,
                "commission_to_micros": commission_to_micros,
                "sort": sort,
            },
        )

    def each_conversions(
        self,
        *,
        limit: int | None = None,
        tests: bool | None = None,
        search: str | None = None,
        advertiser: int | None = None,
        program: int | None = None,
        publisher: int | None = None,
        status: Sequence[StatusWord] | None = None,
        paid: bool | None = None,
        outcome: Literal["", "sale", "lead", "action", "install"] | None = None,
        reason: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        silence_until: datetime | None = None,
        code: str | None = None,
        sub: str | None = None,
        link: int | None = None,
        country: str | None = None,
        device: str | None = None,
        channel: str | None = None,
        customer: Literal["", "new", "returning", "lapsed"] | None = None,
        method: Literal["", "click", "view", "code", "recurring"] | None = None,
        source: str | None = None,
        currency: str | None = None,
        amount_from_micros: int | None = None,
        amount_to_micros: int | None = None,
        commission_from_micros: int | None = None,
        commission_to_micros: int | None = None,
        sort: SortWord | None = None,
    ) -> Iterator[OrderAnswer]:
        """Orders. All of them, part by part."""
        return each(
            lambda after: self.conversions(
                after=after,
                limit=limit,
                tests=tests,
                search=search,
                advertiser=advertiser,
                program=program,
                publisher=publisher,
                status=status,
                paid=paid,
                outcome=outcome,
                reason=reason,
                since=since,
                until=until,
                silence_until=silence_until,
                code=code,
                sub=sub,
                link=link,
                country=country,
                device=device,
                channel=channel,
                customer=customer,
                method=method,
                source=source,
                currency=currency,
                amount_from_micros=amount_from_micros,
                amount_to_micros=amount_to_micros,
                commission_from_micros=commission_from_micros,
                commission_to_micros=commission_to_micros,
                sort=sort,
            )
        )

    def totals(
        self,
        *,
        tests: bool | None = None,
        search: str | None = None,
        advertiser: int | None = None,
        program: int | None = None,
        publisher: int | None = None,
        status: Sequence[StatusWord] | None = None,
        paid: bool | None = None,
        outcome: Literal["", "sale", "lead", "action", "install"] | None = None,
        reason: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        silence_until: datetime | None = None,
        code: str | None = None,
        sub: str | None = None,
        link: int | None = None,
        country: str | None = None,
        device: str | None = None,
        channel: str | None = None,
        customer: Literal["", "new", "returning", "lapsed"] | None = None,
        method: Literal["", "click", "view", "code", "recurring"] | None = None,
        source: str | None = None,
        currency: str | None = None,
        amount_from_micros: int | None = None,
        amount_to_micros: int | None = None,
        commission_from_micros: int | None = None,
        commission_to_micros: int | None = None,
    ) -> OrderTotalsAnswer:
        """Sums of orders. How many orders fit and what they come to, by currency."""
        return self._calls.call(
            "GET",
            "/conversions/totals",
            OrderTotalsAnswer,
            query={
                "tests": tests,
                "search": search,
                "advertiser": advertiser,
                "program": program,
                "publisher": publisher,
                "status": status,
                "paid": paid,
                "outcome": outcome,
                "reason": reason,
                "since": since,
                "until": until,
                "silence_until": silence_until,
                "code": code,
                "sub": sub,
                "link": link,
                "country": country,
                "device": device,
                "channel": channel,
                "customer": customer,
                "method": method,
                "source": source,
                "currency": currency,
                "amount_from_micros": amount_from_micros,
                "amount_to_micros": amount_to_micros,
                "commission_from_micros": commission_from_micros,
                "commission_to_micros": commission_to_micros,
            },
        )

    def conversion(self, conversion: int) -> OrderStoryAnswer:
        """One order and its story. One order, every touch that was considered and every decision since, in
        order of time.
        """
        return self._calls.call("GET", f"/conversions/{conversion}", OrderStoryAnswer)
