"""The one way into finance."""

from utfall.portal.finance.exporting import csv_lines
from utfall.portal.finance.fees import keep
from utfall.portal.finance.figures import figures
from utfall.portal.finance.own import own

__all__ = ["csv_lines", "figures", "keep", "own"]
