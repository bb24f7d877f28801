"""The one way into tracking."""

from utfall.portal.tracking.debugging import calls
from utfall.portal.tracking.proving import public_key, receipt_document
from utfall.portal.tracking.receipts import receipt, receipts_of_order
from utfall.portal.tracking.setting_up import accept_pixel, heard, renew_postback_secret, setup
from utfall.portal.tracking.snippets import Place, consent_snippets, snippets
from utfall.portal.tracking.tiers import corrections
from utfall.portal.tracking.trying import send_test_order

__all__ = [
    "Place",
    "accept_pixel",
    "calls",
    "consent_snippets",
    "corrections",
    "heard",
    "public_key",
    "receipt",
    "receipt_document",
    "receipts_of_order",
    "renew_postback_secret",
    "send_test_order",
    "setup",
    "snippets",
]
