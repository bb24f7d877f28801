"""Receipts: the story of one decision, as a page and within the debugger."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from utfall.portal.access import Caller
from utfall.portal.tracking import facade
from utfall.portal.tracking.contracts import ReceiptView
from utfall.portal.tracking.listed import pages


@pages.page("receipts/<int:receipt>/", name="receipt")
def receipt(request: HttpRequest, caller: Caller, receipt: int) -> HttpResponse:
    """Why something is owed, or is not."""
    return render(request, "tracking/receipt.html", {"receipt": _read(request, caller, receipt)})


@pages.page("receipts/<int:receipt>/story/", name="story")
def story(request: HttpRequest, caller: Caller, receipt: int) -> HttpResponse:
    """The same story without the page around it."""
    return render(
        request, "tracking/story.html", {"receipt": _read(request, caller, receipt), "within": True}
    )


def _read(request: HttpRequest, caller: Caller, receipt: int) -> ReceiptView:
    return facade.receipt(caller, receipt, request.GET.get("side", ""))
