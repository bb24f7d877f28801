"""The operations of creatives."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator
from datetime import datetime

from utfall.client.models.creatives import (
    CreativeAnswer,
    CreativeKind,
    CreativeState,
    ListedCreativeAnswer,
    SnippetAnswer,
)
from utfall.client.models.creatives_sent import CreativeChange, CreativeRejection, TextCreativeForm
from utfall.client.multipart import File
from utfall.client.reading import each
from utfall.client.transport import Calls


class Creatives:
    """Creatives."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def creatives(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        program: int | None = None,
        kind: CreativeKind | None = None,
        state: CreativeState | None = None,
        language: str | None = None,
        size: str | None = None,
        search: str | None = None,
    ) -> ListedCreativeAnswer:
        """Creatives, newest first. One's own; to a publisher those of the programs it takes part in,
        approved and within their dates.
        """
        return self._calls.call(
            "GET",
            "/creatives",
            ListedCreativeAnswer,
            query={
                "after": after,
                "limit": limit,
                "program": program,
                "kind": kind,
                "state": state,
                "language": language,
                "size": size,
                "search": search,
            },
        )

    def each_creatives(
        self,
        *,
        limit: int | None = None,
        program: int | None = None,
        kind: CreativeKind | None = None,
        state: CreativeState | None = None,
        language: str | None = None,
        size: str | None = None,
        search: str | None = None,
    ) -> Iterator[CreativeAnswer]:
        """Creatives, newest first. All of them, part by part."""
        return each(
            lambda after: self.creatives(
                after=after,
                limit=limit,
                program=program,
                kind=kind,
                state=state,
                language=language,
                size=size,
                search=search,
            )
        )

    def upload(
        self,
        *,
        file: File,
        program: int,
        name: str | None = None,
        language: str | None = None,
        alt: str | None = None,
        destination: str | None = None,
        starts_at: datetime | None = None,
        ends_at: datetime | None = None,
        width: int | None = None,
        height: int | None = None,
        is_ready: bool | None = None,
        idempotency_key: str | None = None,
    ) -> CreativeAnswer:
        """Upload a creative. An image (PNG, JPEG, GIF, WebP, AVIF), an HTML5 zip or a video (MP4, WebM),
        told apart by content.
        """
        return self._calls.call(
            "POST",
            "/creatives",
            CreativeAnswer,
            form={
                "file": file,
                "program": program,
                "name": name,
                "language": language,
                "alt": alt,
                "destination": destination,
                "starts_at": starts_at,
                "ends_at": ends_at,
                "width": width,
                "height": height,
                "is_ready": is_ready,
            },
            key=idempotency_key,
        )

    def creative(self, creative: int) -> CreativeAnswer:
        """One creative. A creative that the caller may see."""
        return self._calls.call("GET", f"/creatives/{creative}", CreativeAnswer)

    def change(
        self, creative: int, body: CreativeChange, *, idempotency_key: str | None = None
    ) -> CreativeAnswer:
        """Change what is said of a creative. Its file stays: another file is another creative."""
        return self._calls.call(
            "PATCH", f"/creatives/{creative}", CreativeAnswer, body=body, key=idempotency_key
        )

    def write_text(self, body: TextCreativeForm, *, idempotency_key: str | None = None) -> CreativeAnswer:
        """Make a text creative. A headline, maybe a line below it and a call to action."""
        return self._calls.call("POST", "/creatives/texts", CreativeAnswer, body=body, key=idempotency_key)

    def write_native(
        self,
        *,
        image: File,
        program: int,
        headline: str,
        sponsored_by: str,
        name: str | None = None,
        language: str | None = None,
        alt: str | None = None,
        destination: str | None = None,
        starts_at: datetime | None = None,
        ends_at: datetime | None = None,
        width: int | None = None,
        height: int | None = None,
        is_ready: bool | None = None,
        body: str | None = None,
        call_to_action: str | None = None,
        icon: File | None = None,
        idempotency_key: str | None = None,
    ) -> CreativeAnswer:
        """Make a native ad. Words that a publisher sets in its own design, an image and maybe a square
        icon.
        """
        return self._calls.call(
            "POST",
            "/creatives/natives",
            CreativeAnswer,
            form={
                "image": image,
                "program": program,
                "headline": headline,
                "sponsored_by": sponsored_by,
                "name": name,
                "language": language,
                "alt": alt,
                "destination": destination,
                "starts_at": starts_at,
                "ends_at": ends_at,
                "width": width,
                "height": height,
                "is_ready": is_ready,
                "body": body,
                "call_to_action": call_to_action,
                "icon": icon,
            },
            key=idempotency_key,
        )

    def submit(self, creative: int, *, idempotency_key: str | None = None) -> CreativeAnswer:
        """Hand a draft in. Partners see it at once, or after a review where the operator wants one."""
        return self._calls.call("POST", f"/creatives/{creative}/submit", CreativeAnswer, key=idempotency_key)

    def approve(self, creative: int, *, idempotency_key: str | None = None) -> CreativeAnswer:
        """Approve a creative. Show it to partners."""
        return self._calls.call("POST", f"/creatives/{creative}/approve", CreativeAnswer, key=idempotency_key)

    def reject(
        self, creative: int, body: CreativeRejection, *, idempotency_key: str | None = None
    ) -> CreativeAnswer:
        """Send a creative back. With a reason that whoever made it reads."""
        return self._calls.call(
            "POST", f"/creatives/{creative}/reject", CreativeAnswer, body=body, key=idempotency_key
        )

    def archive(self, creative: int, *, idempotency_key: str | None = None) -> CreativeAnswer:
        """Put a creative away. Partners find it no longer; pages that show it go on doing so."""
        return self._calls.call("POST", f"/creatives/{creative}/archive", CreativeAnswer, key=idempotency_key)

    def restore(self, creative: int, *, idempotency_key: str | None = None) -> CreativeAnswer:
        """Take a creative out again. As a draft."""
        return self._calls.call("POST", f"/creatives/{creative}/restore", CreativeAnswer, key=idempotency_key)

    def code(self, creative: int, *, link: int) -> SnippetAnswer:
        """The code that shows a creative. HTML with the tracking link, the alternative text and the pixel
        that counts views.
        """
        return self._calls.call("GET", f"/creatives/{creative}/code", SnippetAnswer, query={"link": link})
