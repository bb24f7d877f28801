"""The operations of changes."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Sequence
from typing import Literal

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
        kind: Sequence[
            Literal[
                "conversion.recorded",
                "conversion.completed",
                "conversion.approved",
                "conversion.declined",
                "conversion.amended",
                "conversion.refunded",
                "conversion.payable",
                "conversion.deferred",
                "conversion.paid_out",
                "conversion.refused",
                "commission.recorded",
                "commission.completed",
                "commission.approved",
                "commission.declined",
                "commission.amended",
                "commission.refunded",
                "commission.payable",
                "commission.deferred",
                "tier.corrected",
                "tier.approved",
                "tier.payable",
                "bonus.granted",
                "bonus.taken_back",
                "partnership.applied",
                "partnership.withdrawn",
                "partnership.approved",
                "partnership.rejected",
                "partnership.invited",
                "partnership.declined",
                "partnership.moved",
                "partnership.paused",
                "partnership.banned",
                "partnership.ended",
                "program.state",
                "program.terms",
                "program.rules",
                "claim.filed",
                "claim.asked",
                "claim.answered",
                "claim.approved",
                "claim.denied",
                "claim.withdrawn",
                "quality.held",
                "quality.released",
                "alert.raised",
                "alert.ended",
                "import.done",
                "import.undone",
            ]
        ]
        | None = None,
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
