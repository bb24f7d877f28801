"""The operations of bonuses."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator

from utfall.client.models.bonuses import BonusAnswer, BonusGrantedAnswer, ListedBonusAnswer
from utfall.client.models.bonuses_sent import BonusSent, BonusTakeBackSent
from utfall.client.reading import each
from utfall.client.transport import Calls


class Bonuses:
    """Bonuses and placements."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def grants(
        self,
        *,
        program: int | None = None,
        publisher: int | None = None,
        after: int | None = None,
        limit: int | None = None,
    ) -> ListedBonusAnswer:
        """Bonuses and placements, newest first. What your programs granted, or what your publishers were
        granted.
        """
        return self._calls.call(
            "GET",
            "/bonuses",
            ListedBonusAnswer,
            query={"program": program, "publisher": publisher, "after": after, "limit": limit},
        )

    def each_grants(
        self, *, program: int | None = None, publisher: int | None = None, limit: int | None = None
    ) -> Iterator[BonusAnswer]:
        """Bonuses and placements, newest first. All of them, part by part."""
        return each(lambda after: self.grants(after=after, program=program, publisher=publisher, limit=limit))

    def granted(self, grant: int) -> BonusAnswer:
        """A bonus or placement. And what became of it at settlement."""
        return self._calls.call("GET", f"/bonuses/{grant}", BonusAnswer)

    def grant(
        self, program: int, body: BonusSent, *, idempotency_key: str | None = None
    ) -> BonusGrantedAnswer:
        """Grant a bonus or pay a placement. Send an idempotency key: a bonus that is sent twice without
        one is granted twice.
        """
        return self._calls.call(
            "POST", f"/programs/{program}/bonuses", BonusGrantedAnswer, body=body, key=idempotency_key
        )

    def take_back(
        self, grant: int, body: BonusTakeBackSent, *, idempotency_key: str | None = None
    ) -> BonusAnswer:
        """Take back a bonus. All that is left of it, or a part. What was paid out already is owed, and
        goes against what comes.
        """
        return self._calls.call(
            "POST", f"/bonuses/{grant}/take-back", BonusAnswer, body=body, key=idempotency_key
        )
