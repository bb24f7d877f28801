"""Splitting an amount so that the parts sum to the whole, always."""

from collections.abc import Sequence


def allocate(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split `total` in proportion to `weights` by the largest remainder; ties go to the earlier part.

    Weights are non-negative integers, at least one of them positive. A negative total splits as its
    mirror image, so a reversal takes back exactly what was given.

    >>> allocate(100, [1, 1, 1])
    (34, 33, 33)
    >>> allocate(-100, [1, 1, 1])
    (-34, -33, -33)
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights are non-negative and at least one is positive")
    if len(weights) == 1:
        return (total,)
    shares = [divmod(abs(total) * weight, whole) for weight in weights]
    missing = abs(total) - sum(quotient for quotient, _ in shares)
    order = sorted(range(len(shares)), key=lambda index: (-shares[index][1], index))
    favoured = set(order[:missing])
    sign = 1 if total >= 0 else -1
    parts = tuple(sign * (quotient + (index in favoured)) for index, (quotient, _) in enumerate(shares))
    assert sum(parts) == total, "an allocation conserves the whole"
    return parts
