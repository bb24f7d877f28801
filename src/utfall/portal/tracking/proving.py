"""Receipts to take away: the caller's own side as a document that anybody verifies without us."""

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, NotFound, Permission, refuse
from utfall.portal.book import facade as book
from utfall.portal.tracking.contracts import PublicKey
from utfall.portal.tracking.receipts import key_file, readable
from utfall.portal.tracking.settling import Document


def receipt_document(caller: Caller, number: int, side: str = "") -> Document:
    """A receipt by the caller's side with its path to the signed root; NotFound where no side is."""
    key = public_key(caller)
    with book.opened() as found:
        if found is None:
            raise NotFound
        read = readable(caller, found, number, side)
        publisher = read.publisher if read.party == "publisher" else None
        document = book.export_receipt(found, number, read.party, key.pem.encode(), publisher)
    if not document["signature"]:
        refuse("unsigned", _("This receipt carries no signature, so there is nothing to prove it by."))
    return document


def public_key(caller: Caller) -> PublicKey:
    """The key that receipts are verified with; NotFound before anything was signed."""
    caller.require(Permission.LOOK)
    try:
        pem = key_file().read_bytes()
    except FileNotFoundError:
        raise NotFound from None
    fingerprint = book.fingerprint(book.parsed_public_key(pem))
    return PublicKey(pem=pem.decode(), fingerprint=fingerprint, key=fingerprint[: book.KEY_ID_CHARS])
