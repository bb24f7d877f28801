"""Papers of an advertiser as the book has them, for tests that need no book."""

from typing import Any

from utfall.portal.book.facade import AdvertiserPaper

UNIT = 1_000_000


def paper(number: int, total: float, paid: float = 0, due: str | None = None, **more: Any) -> AdvertiserPaper:
    """`A-2026-000017`, in SEK without tax; its entries end with a hundred times its number."""
    told: dict[str, Any] = {
        "id": number,
        "name": f"A-2026-{number:06}",
        "kind": "invoice" if total > 0 else "credit_note",
        "party": 1,
        "currency": "SEK",
        "due": due,
        "corrects": None,
        "net_micros": round(total * UNIT),
        "tax_micros": 0,
        "settled_micros": round(paid * UNIT),
        "credited_micros": 0,
        "through": number * 100,
        "through_at": number * 100_000,
        "at": 0,
    }
    return AdvertiserPaper(**{**told, **more})


EXAMPLE = [
    paper(17, 400, 100, "2026-11-10"),
    paper(18, 400, 0, "2026-12-10"),
    paper(19, -50, corrects="A-2026-000016"),
]
"""Those of docs/algorithms/funding.md."""
