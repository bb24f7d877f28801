"""Run every benchmark, one after the other, and print how each stands against its budget.

Each benchmark is a program of its own that alternates with a control in the same run and writes its figures
as JSON. Only ratios and floors are budgets; machines differ, so nothing here fails a build.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PROGRAMS = (
    *("engine", "journal", "settlement", "edge", "lake", "reports"),
    *("portal", "portal_conversions", "overview", "validation", "quality"),
)


def main() -> int:
    """Run the chosen benchmarks; exit code 1 when one could not be run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PROGRAMS, nargs="+", default=PROGRAMS)
    parser.add_argument("--out", type=Path, default=Path("var/bench"))
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    results = {name: _run(name, chosen.out / f"{name}.json") for name in chosen.only}
    (chosen.out / "summary.json").write_text(json.dumps(results, indent=2) + "\n")
    failed = [name for name, figures in results.items() if figures is None]
    print(
        f"\nFigures: {chosen.out}/summary.json" + (f"; could not run: {', '.join(failed)}" if failed else "")
    )
    return 1 if failed else 0


def _run(name: str, out: Path) -> Any:
    print(f"\n== {name} ==", flush=True)
    code = subprocess.call([sys.executable, str(HERE / f"{name}.py"), "--json", str(out)])
    return json.loads(out.read_text()) if code == 0 and out.exists() else None


if __name__ == "__main__":
    sys.exit(main())
