"""The operations of work."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator

from utfall.client.models.work import ListedTaskAnswer, TaskAnswer, WorkState
from utfall.client.reading import each
from utfall.client.transport import Calls


class Work:
    """Background work."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def tasks(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        kind: str | None = None,
        state: WorkState | None = None,
    ) -> ListedTaskAnswer:
        """Background work, newest first. What the organisation asked for, and how far it is."""
        return self._calls.call(
            "GET",
            "/work",
            ListedTaskAnswer,
            query={"after": after, "limit": limit, "kind": kind, "state": state},
        )

    def each_tasks(
        self, *, limit: int | None = None, kind: str | None = None, state: WorkState | None = None
    ) -> Iterator[TaskAnswer]:
        """Background work, newest first. All of them, part by part."""
        return each(lambda after: self.tasks(after=after, limit=limit, kind=kind, state=state))

    def task(self, work: int) -> TaskAnswer:
        """One piece of work. Ask again until `state` is done, failed or cancelled."""
        return self._calls.call("GET", f"/work/{work}", TaskAnswer)

    def cancel(self, work: int, *, idempotency_key: str | None = None) -> TaskAnswer:
        """Cancel a piece of work. For whoever may start it. What runs stops within a moment; what it did
        so far is not undone.
        """
        return self._calls.call("POST", f"/work/{work}/cancel", TaskAnswer, key=idempotency_key)
