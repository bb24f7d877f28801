"""Writes the tag that the edge serves from the one that people read: `python -m tools.tag [--check]`.

Comments and indentation go, nothing else: what is served can still be read line by line beside its source.
"""

import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
SOURCE: Final = ROOT / "sdk" / "tag" / "utfall.js"
SERVED: Final = ROOT / "src" / "utfall" / "edge" / "static" / "utfall.js"
NOTICE: Final = "// Utfall's tag. Its source, with comments, is in sdk/tag; Apache License 2.0.\n"


def served() -> str:
    """The text that is served, from the source as it is now."""
    lines = (line.strip() for line in SOURCE.read_text(encoding="utf-8").splitlines())
    return NOTICE + "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def main() -> int:
    """Writes the file, or says whether it would be another."""
    if "--check" in sys.argv[1:]:
        return int(SERVED.read_text(encoding="utf-8") != served())
    SERVED.write_text(served(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
