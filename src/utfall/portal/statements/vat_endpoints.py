"""VAT by period, by API: everything that the page does."""

from typing import Any

from utfall.portal.rest.facade import ApiRequest, Query
from utfall.portal.statements import facade
from utfall.portal.statements.chapter import BOOKKEEPING, endpoints
from utfall.portal.statements.vat_contracts import VatNarrowed, VatWanted
from utfall.portal.statements.vat_pages import answer_of
from utfall.portal.statements.vat_schemas import VatAnswer, VatDaysWanted, VatFileWanted, vat_shown


@endpoints.get(
    "/accounting/vat", kinds=BOOKKEEPING, answers=VatAnswer, summary="VAT by period", conflicts=True
)
def vat(request: ApiRequest, wanted: Query[VatDaysWanted]) -> dict[str, Any]:
    """What was sold and bought, by how it is taxed, and the EU sales list: the base of the declaration."""
    return vat_shown(facade.vat(request.caller, _days(wanted)))


@endpoints.get(
    "/accounting/vat/file",
    kinds=BOOKKEEPING,
    answers=bytes,
    summary="VAT by period as a file",
    conflicts=True,
)
def vat_file(request: ApiRequest, wanted: Query[VatFileWanted]) -> Any:
    """CSV of the lines, of the sales list, or of every paper. Who took it is in the log."""
    only = VatNarrowed(
        trade=wanted.trade,
        treatment=wanted.treatment,
        rate_ppm=wanted.rate_ppm,
        place=wanted.place,
        currency=wanted.currency,
        own_currency=wanted.own_currency,
        vat=wanted.vat,
    )
    return answer_of(request.caller, _days(wanted), wanted.form, only)


def _days(wanted: VatDaysWanted) -> VatWanted:
    return VatWanted(first=wanted.first, last=wanted.last, by=wanted.by)
