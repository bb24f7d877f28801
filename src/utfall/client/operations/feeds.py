"""The operations of feeds."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator
from typing import Literal

from utfall.client.models.feeds import (
    DeliveryAnswer,
    DeliveryStarted,
    FeedAnswer,
    ListedDeliveryAnswer,
    ListedProductAnswer,
    ProductAnswer,
)
from utfall.client.models.feeds_sent import FeedColumnsForm, FeedSourceForm
from utfall.client.multipart import File
from utfall.client.reading import each
from utfall.client.transport import Calls


class Feeds:
    """Product feeds."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def products(
        self,
        program: int,
        *,
        after: int | None = None,
        limit: int | None = None,
        link: int | None = None,
        search: str | None = None,
        category: str | None = None,
        brand: str | None = None,
        stock: str | None = None,
        order: Literal["feed", "commission", "cheapest", "dearest"] | None = None,
    ) -> ListedProductAnswer:
        """Products of a program. With what each pays the caller. `after` goes on in the order that was
        asked for.
        """
        return self._calls.call(
            "GET",
            f"/programs/{program}/products",
            ListedProductAnswer,
            query={
                "after": after,
                "limit": limit,
                "link": link,
                "search": search,
                "category": category,
                "brand": brand,
                "stock": stock,
                "order": order,
            },
        )

    def each_products(
        self,
        program: int,
        *,
        limit: int | None = None,
        link: int | None = None,
        search: str | None = None,
        category: str | None = None,
        brand: str | None = None,
        stock: str | None = None,
        order: Literal["feed", "commission", "cheapest", "dearest"] | None = None,
    ) -> Iterator[ProductAnswer]:
        """Products of a program. All of them, part by part."""
        return each(
            lambda after: self.products(
                program,
                after=after,
                limit=limit,
                link=link,
                search=search,
                category=category,
                brand=brand,
                stock=stock,
                order=order,
            )
        )

    def feed(self, program: int) -> FeedAnswer:
        """A program's feed. Where it comes from, how it is read, how healthy it is."""
        return self._calls.call("GET", f"/programs/{program}/feed", FeedAnswer)

    def set_source(
        self, program: int, body: FeedSourceForm, *, idempotency_key: str | None = None
    ) -> DeliveryStarted:
        """Say where a feed is fetched from. A new address is fetched at once."""
        return self._calls.call(
            "PUT", f"/programs/{program}/feed", DeliveryStarted, body=body, key=idempotency_key
        )

    def remove(self, program: int, *, idempotency_key: str | None = None) -> None:
        """Take a feed away. With its products and its file."""
        self._calls.call("DELETE", f"/programs/{program}/feed", type(None), key=idempotency_key)

    def receive(self, program: int, *, file: File, idempotency_key: str | None = None) -> DeliveryStarted:
        """Upload a feed. It is read in the background."""
        return self._calls.call(
            "POST",
            f"/programs/{program}/feed/file",
            DeliveryStarted,
            form={"file": file},
            key=idempotency_key,
        )

    def set_columns(
        self, program: int, body: FeedColumnsForm, *, idempotency_key: str | None = None
    ) -> DeliveryStarted:
        """Say which column stands for which field. The last file is read again with them."""
        return self._calls.call(
            "PUT", f"/programs/{program}/feed/columns", DeliveryStarted, body=body, key=idempotency_key
        )

    def fetch_now(self, program: int, *, idempotency_key: str | None = None) -> DeliveryStarted:
        """Fetch a feed now. Without waiting for its time."""
        return self._calls.call(
            "POST", f"/programs/{program}/feed/fetch", DeliveryStarted, key=idempotency_key
        )

    def deliveries(
        self, program: int, *, after: int | None = None, limit: int | None = None
    ) -> ListedDeliveryAnswer:
        """Deliveries of a feed, newest first. What was accepted, refused, added, changed and removed each
        time.
        """
        return self._calls.call(
            "GET",
            f"/programs/{program}/feed/deliveries",
            ListedDeliveryAnswer,
            query={"after": after, "limit": limit},
        )

    def each_deliveries(self, program: int, *, limit: int | None = None) -> Iterator[DeliveryAnswer]:
        """Deliveries of a feed, newest first. All of them, part by part."""
        return each(lambda after: self.deliveries(program, after=after, limit=limit))

    def delivery(self, program: int, delivery: int) -> DeliveryAnswer:
        """One delivery. With examples of what it refused."""
        return self._calls.call("GET", f"/programs/{program}/feed/deliveries/{delivery}", DeliveryAnswer)
