"""A claim of a side's publisher, with a file."""

import io
from datetime import UTC, datetime

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from utfall.portal.claims import facade
from utfall.portal.claims.contracts import Draft, Upload


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """Nobody but the two sides sees it."""
    draft = Draft(
        program=int(made["program"]),
        reference=f"{side.publisher.name} 1"[:50],
        placed_on=datetime.now(UTC).date(),
        amount_micros=5_000_000,
        note=side.publisher.name,
    )
    file = Upload(f"{side.publisher.name}.pdf", io.BytesIO(b"%PDF-1.7"))
    caller = side.publisher.caller()
    number = facade.file(caller, draft, [file])
    return {"claim": number, "proof": facade.messages(caller, number)[0].proofs[0].id}
