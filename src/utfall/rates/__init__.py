"""Exchange rates of the European Central Bank, each with its day, and amounts turned by them.

Promises: one rounding, integers throughout, the same table gives the same amount; a rate says where it is
from. Refuses: currencies and days the table does not have. docs/algorithms/rates.md.
"""

from utfall.rates.files import RATES_NAME, newest_table, unpacked
from utfall.rates.tables import NoRate, Rate, Table, bundled, read_table

__all__ = ["RATES_NAME", "NoRate", "Rate", "Table", "bundled", "newest_table", "read_table", "unpacked"]
