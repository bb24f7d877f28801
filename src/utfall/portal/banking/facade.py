"""The one way into banking."""

from utfall.portal.banking.fundings import follow, match, send_back
from utfall.portal.banking.importing import BYTES_AT_MOST, folder, go_on, import_file, reading
from utfall.portal.banking.paying_in import pay_in
from utfall.portal.banking.references import advertiser_of, advertisers_of, deposit_reference, deposit_rf
from utfall.portal.banking.showing import (
    file,
    files,
    last_balances,
    movement,
    movements,
    suspense,
    verdicts_csv,
    waiting,
)
from utfall.portal.banking.watching import look

__all__ = [
    "BYTES_AT_MOST",
    "advertiser_of",
    "advertisers_of",
    "deposit_reference",
    "deposit_rf",
    "file",
    "files",
    "folder",
    "follow",
    "go_on",
    "import_file",
    "last_balances",
    "look",
    "match",
    "movement",
    "movements",
    "pay_in",
    "reading",
    "send_back",
    "suspense",
    "verdicts_csv",
    "waiting",
]
