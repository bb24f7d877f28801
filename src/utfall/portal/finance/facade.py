"""The one way into finance."""

from utfall.portal.finance.earning import month_fees
from utfall.portal.finance.exporting import csv_lines, tables_of
from utfall.portal.finance.fees import keep
from utfall.portal.finance.figures import figures
from utfall.portal.finance.own import own
from utfall.portal.finance.past import Days, past_days

__all__ = ["Days", "csv_lines", "figures", "keep", "month_fees", "own", "past_days", "tables_of"]
