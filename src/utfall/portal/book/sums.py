"""Sums of any size: SQLite adds in 64 bits and stops where they end, so halves are added, and joined here."""


def parts(column: str) -> str:
    """The SQL of a column's sum in two halves, neither of which overflows in two thousand million rows.

    A right shift keeps the sign, so `whole` of the two is the sum of negative amounts as well.
    """
    high, low = f"{column} >> 32", f"{column} & 4294967295"
    return ", ".join(f"CAST(coalesce(sum({half}), 0) AS BIGINT)" for half in (high, low))


def whole(high: int, low: int) -> int:
    """The sum of which `parts` are the halves.

    >>> whole(-1, 4294967295)
    -1
    """
    return (high << 32) + low
