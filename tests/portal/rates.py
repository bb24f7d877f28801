"""Other limits for the keys of the API, for as long as a test wants them."""

from collections.abc import Iterator
from contextlib import contextmanager

from utfall.portal.rest import limits


@contextmanager
def rate(burst: int, per_second: float) -> Iterator[None]:
    """The same rate for every organisation, and every bucket full before and after."""
    usual, limits.rate_of = limits.rate_of, lambda organisation: limits.Rate(burst, per_second)
    limits.keys.forget()
    try:
        yield
    finally:
        limits.rate_of = usual
        limits.keys.forget()
