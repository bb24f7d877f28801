"""The operations of changes."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Sequence

from utfall.client.models.changes import ChangeFeedAnswer
from utfall.client.transport import Calls


class Changes:
    """Change feed."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def changes(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        kind: Sequence[str] | None = None,
        subject: str | None = None,
    ) -> ChangeFeedAnswer:
        """What changed. Everything that changed after a cursor, oldest first; nothing is told twice or
        left out.
        """
        return self._calls.call(
            "GET",
            "/changes",
            ChangeFeedAnswer,
            query={"after": after, "limit": limit, "kind": kind, "subject": subject},
        )
