"""Exchange rates of the European Central Bank, each with its day, and amounts turned by them.

Promises: one rounding, integers throughout, the same table gives the same amount; a rate says where it is
from. Refuses: currencies and days the table does not have. docs/algorithms/rates.md.
"""

from utfall.rates.files import LARGEST_TABLE, RATES_NAME, find_table, newest_table, unpacked
from utfall.rates.tables import OLDEST, NoRate, Rate, Table, bundled, read_table

__all__ = [
    "LARGEST_TABLE",
    "OLDEST",
    "RATES_NAME",
    "NoRate",
    "Rate",
    "Table",
    "bundled",
    "find_table",
    "newest_table",
    "read_table",
    "unpacked",
]
