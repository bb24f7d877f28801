"""Papers by API: everything that the pages do."""

from base64 import b64encode
from typing import Any

from ninja import Status

from utfall.portal.invoices import facade
from utfall.portal.invoices.chapter import OPERATING, READING, endpoints
from utfall.portal.invoices.paper_schemas import (
    CreditAnswer,
    CreditSent,
    FormWanted,
    PaperAnswer,
    PaperFileAnswer,
    PapersWanted,
    paper_shown,
)
from utfall.portal.rest.facade import ApiRequest, Listed, Query, listed


@endpoints.get("/invoices", kinds=READING, answers=Listed[PaperAnswer], summary="Invoices")
def papers(request: ApiRequest, wanted: Query[PapersWanted]) -> dict[str, Any]:
    """Invoices, self-billing invoices and credit notes: yours, or everybody's; newest first."""
    return listed(facade.papers(request.caller, **wanted.dict()), paper_shown)


@endpoints.get("/invoices/{int:paper}", kinds=READING, answers=PaperAnswer, summary="One invoice")
def paper(request: ApiRequest, paper: int) -> dict[str, Any]:
    """With what is open of it."""
    return paper_shown(facade.paper(request.caller, paper))


@endpoints.get(
    "/invoices/{int:paper}/file",
    kinds=READING,
    answers=PaperFileAnswer,
    summary="An invoice as a file",
    conflicts=True,
)
def file(request: ApiRequest, paper: int, wanted: Query[FormWanted]) -> dict[str, Any]:
    """PDF/A, UBL, or the data it is made of: the same bytes each time."""
    found = facade.file_of(request.caller, paper, wanted.form)
    return {"name": found.name, "content": b64encode(found.content).decode()}


@endpoints.post(
    "/invoices/{int:paper}/credit",
    answers=CreditAnswer,
    status=201,
    summary="Issue a credit note over an invoice",
    **OPERATING,
)
def credit(request: ApiRequest, paper: int, sent: CreditSent) -> Any:
    """What it takes back is invoiced anew by the next run."""
    made = facade.correct(request.caller, paper, why=sent.why, net_micros=sent.net_micros)
    return Status(201, {"id": made})
