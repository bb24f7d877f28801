"""The largest sizes an event may have; the door refuses what is larger."""

from typing import Final

ORDER_CHARS: Final = 50
TEXT_CHARS: Final = 100
EVIDENCE_CHARS: Final = 500
LINES: Final = 200
SUB_IDS: Final = 10
RETURN_DAYS: Final = 730
CLICK_TOKENS: Final = 10
AMOUNT_MICROS: Final = 10**15
"""One thousand million major units, above any order and far below the range of a 64-bit integer."""
QUANTITY: Final = 1_000_000
"""Units of one order, all lines together."""
PRICE_MICROS: Final = 4 * 10**12
"""The largest flat price: times the largest quantity, with a fee as large again, it still fits in 64 bits."""
