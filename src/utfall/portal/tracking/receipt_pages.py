"""Receipts: the story of one decision, as a page and within the debugger."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from utfall.portal.access import Caller
from utfall.portal.book.facade import PUBLIC_KEY as KEY_FILE
from utfall.portal.book.facade import document_text
from utfall.portal.tracking import facade
from utfall.portal.tracking.contracts import ReceiptView
from utfall.portal.tracking.listed import pages


@pages.page("receipts/<int:receipt>/", name="receipt")
def receipt(request: HttpRequest, caller: Caller, receipt: int) -> HttpResponse:
    """Why something is owed, or is not."""
    view = _read(request, caller, receipt)
    context = {
        "receipt": view,
        "key": facade.public_key(caller) if view.is_provable else None,
        "command": f"utfall receipt verify {_name(receipt, view.party)} --key {KEY_FILE}",
    }
    return render(request, "tracking/receipt.html", context)


@pages.page("receipts/<int:receipt>/story/", name="story")
def story(request: HttpRequest, caller: Caller, receipt: int) -> HttpResponse:
    """The same story without the page around it."""
    return render(
        request, "tracking/story.html", {"receipt": _read(request, caller, receipt), "within": True}
    )


@pages.page("receipts/<int:receipt>/document/", name="receipt_document")
def document(request: HttpRequest, caller: Caller, receipt: int) -> HttpResponse:
    """The own side of a receipt with its proof, as a file."""
    found = facade.receipt_document(caller, receipt, request.GET.get("side", ""))
    return _file(document_text(found), "application/json", _name(receipt, found["party"]))


@pages.page("receipts/key/", name="receipt_key")
def key(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The public key that receipts are verified with, as a file."""
    return _file(facade.public_key(caller).pem.encode(), "application/x-pem-file", KEY_FILE)


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=media_type, headers=headers)


def _name(receipt: int, party: str) -> str:
    return f"receipt-{receipt}-{party}.json"


def _read(request: HttpRequest, caller: Caller, receipt: int) -> ReceiptView:
    return facade.receipt(caller, receipt, request.GET.get("side", ""))
