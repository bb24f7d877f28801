"""A constant 302 by the edge's own server, and nothing else: what benchmarks/edge.py takes for the ceiling.

python benchmarks/bare.py 18603
"""

import gc
import sys
from typing import Any, Final

from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels

_COLLECT_EVERY: Final = 50_000
HEADERS: Final = [("location", "https://shop.example/?utfall=constant"), ("cache-control", "no-store")]


class Constant:
    """Answers everybody the same."""

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        """One answer."""
        proto.response_empty(302, HEADERS)


def application() -> Constant:
    """What Granian calls, collecting as seldom as the edge does."""
    gc.set_threshold(_COLLECT_EVERY)
    return Constant()


def main() -> None:
    """Serves until SIGTERM, as `utfall.edge.server` does."""
    Granian(
        "bare:application",
        factory=True,
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.RSGI,
        loop=Loops.uvloop,
        http=HTTPModes.http1,
        websockets=False,
        workers=1,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
