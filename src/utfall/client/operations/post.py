"""The operations of post."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator

from utfall.client.models.post import LetterAnswer, LetterState, ListedLetterAnswer
from utfall.client.reading import each
from utfall.client.transport import Calls


class Post:
    """Letters."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def letters(
        self, *, after: int | None = None, limit: int | None = None, state: LetterState | None = None
    ) -> ListedLetterAnswer:
        """Letters, newest first. Outgoing e-mail and how it fares."""
        return self._calls.call(
            "GET", "/letters", ListedLetterAnswer, query={"after": after, "limit": limit, "state": state}
        )

    def each_letters(
        self, *, limit: int | None = None, state: LetterState | None = None
    ) -> Iterator[LetterAnswer]:
        """Letters, newest first. All of them, part by part."""
        return each(lambda after: self.letters(after=after, limit=limit, state=state))

    def retry(self, letter: int, *, idempotency_key: str | None = None) -> LetterAnswer:
        """Try a letter again. A letter that was given up or kept."""
        return self._calls.call("POST", f"/letters/{letter}/retry", LetterAnswer, key=idempotency_key)
