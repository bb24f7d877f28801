"""Files that are written while they are sent, piece by piece, so that none has to fit into memory."""

from collections.abc import Iterable
from typing import Final, cast

from django.http import HttpResponse, StreamingHttpResponse

CSV: Final = "text/csv; charset=utf-8"


def streamed(pieces: Iterable[str] | Iterable[bytes], name: str, kind: str = CSV) -> HttpResponse:
    """A file of pieces under a name; it is kept by nobody on the way."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    answer = StreamingHttpResponse(pieces, content_type=kind, headers=headers)
    return cast(HttpResponse, answer)  # a page may be one that is written while it is sent
