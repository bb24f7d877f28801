"""The one way into banking."""

from utfall.portal.banking.fundings import follow, match, send_back
from utfall.portal.banking.importing import BYTES_AT_MOST, folder, import_file
from utfall.portal.banking.paying_in import pay_in
from utfall.portal.banking.references import advertiser_of, deposit_reference, deposit_rf
from utfall.portal.banking.showing import file, files, movement, movements, suspense, waiting
from utfall.portal.banking.watching import look

__all__ = [
    "BYTES_AT_MOST",
    "advertiser_of",
    "deposit_reference",
    "deposit_rf",
    "file",
    "files",
    "folder",
    "follow",
    "import_file",
    "look",
    "match",
    "movement",
    "movements",
    "pay_in",
    "send_back",
    "suspense",
    "waiting",
]
