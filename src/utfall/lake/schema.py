"""The one table of facts: its columns, and how they are stored.

A row is an event together with one decision about it. Nothing is ever changed: a later decision is a
further row whose measures are signed changes, so every total is a plain sum.
"""

from typing import Final

import pyarrow as pa

from utfall.lake.names import AMOUNTS, COUNTS, IDS, MEASURES, SUBS, TIMES, WORDS

TIME: Final = pa.timestamp("ms", tz="UTC")
WORD: Final = pa.dictionary(pa.int32(), pa.string())
FACTS: Final = pa.schema(
    [
        pa.field("event", pa.string(), nullable=False),
        *(pa.field(name, TIME, nullable=False) for name in TIMES),
        *(pa.field(name, pa.int64()) for name in IDS),
        *(pa.field(name, WORD) for name in WORDS),
        *(pa.field(name, pa.int64(), nullable=False) for name in MEASURES),
    ]
)
PLAIN: Final = pa.schema([field.with_type(pa.string()) if field.type == WORD else field for field in FACTS])
"""The same as a reader sees it: that words are kept in dictionaries is the file's affair."""

ROW_GROUP_ROWS: Final = 131_072
# Words repeat, and so do ids and measures. An event's id does not, and times differ by little.
STORAGE: Final = {
    "compression": "zstd",
    "compression_level": 1,
    "use_dictionary": [*IDS, *WORDS, *MEASURES],
    "column_encoding": dict.fromkeys(TIMES, "DELTA_BINARY_PACKED"),
    "store_schema": False,
    "write_statistics": ["occurred_at", *IDS],
}

__all__ = [
    "AMOUNTS",
    "COUNTS",
    "FACTS",
    "IDS",
    "MEASURES",
    "PLAIN",
    "ROW_GROUP_ROWS",
    "STORAGE",
    "SUBS",
    "TIME",
    "TIMES",
    "WORD",
    "WORDS",
]
