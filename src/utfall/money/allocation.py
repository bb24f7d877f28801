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
    size = abs(total)
    parts = [size * weight // whole for weight in weights]
    missing = size - sum(parts)
    if missing:
        remainders = [size * weight % whole for weight in weights]
        for index in sorted(range(len(parts)), key=lambda index: (-remainders[index], index))[:missing]:
            parts[index] += 1
    assert sum(parts) == size, "an allocation conserves the whole"
    return tuple(parts) if total >= 0 else tuple(-part for part in parts)
