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
    *("portal", "portal_conversions", "overview", "validation", "quality", "closing"),
)


def main() -> int:
    """Run the chosen benchmarks; exit code 1 when one missed what is wanted, or could not run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PROGRAMS, nargs="+", default=PROGRAMS)
    parser.add_argument("--out", type=Path, default=Path("var/bench"))
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    results = {name: _run(name, chosen.out / f"{name}.json") for name in chosen.only}
    figures = {name: found for name, (_, found) in results.items()}
    (chosen.out / "summary.json").write_text(json.dumps(figures, indent=2) + "\n")
    print(f"\nFigures: {chosen.out}/summary.json")
    short = [name for name, (code, found) in results.items() if code and found is not None]
    failed = [name for name, found in figures.items() if found is None]
    for said, names in (("short of what is wanted", short), ("could not run", failed)):
        if names:
            print(f"{said}: {', '.join(names)}")
    return 1 if short or failed else 0


def _run(name: str, out: Path) -> tuple[int, Any]:
    """A benchmark's exit code, and the figures it wrote in this run; None when it wrote none."""
    print(f"\n== {name} ==", flush=True)
    out.unlink(missing_ok=True)
    code = subprocess.call([sys.executable, str(HERE / f"{name}.py"), "--json", str(out)])
    return code, json.loads(out.read_text()) if out.exists() else None


if __name__ == "__main__":
    sys.exit(main())
