"""The one way into imports."""

from utfall.portal.imports.applying import IMPORT, UNDO, apply, undo
from utfall.portal.imports.mapping import CHECK, is_stuck, map_columns, mapping, partners_of, programs_of
from utfall.portal.imports.own import forget_mapping, keep_mapping, own_mappings
from utfall.portal.imports.reading import BYTES_AT_MOST, ROWS_AT_MOST
from utfall.portal.imports.showing import imported, imports, rows, transactions, verdicts_csv
from utfall.portal.imports.uploading import discard, upload

__all__ = [
    "BYTES_AT_MOST",
    "CHECK",
    "IMPORT",
    "ROWS_AT_MOST",
    "UNDO",
    "apply",
    "discard",
    "forget_mapping",
    "imported",
    "imports",
    "is_stuck",
    "keep_mapping",
    "map_columns",
    "mapping",
    "own_mappings",
    "partners_of",
    "programs_of",
    "rows",
    "transactions",
    "undo",
    "upload",
    "verdicts_csv",
]
