"""The main job on data nobody here made: real impressions, clicks and orders, through the public commands.

    make real            or            .venv/bin/python examples/real/run.py

It fetches two wheels, writes their logs as rows, loads and settles them, and shows the report, the trial
balance, three receipts, the replay proof and a what-if. What it leaves is in var/real: summary.json,
chart.html, the receipts, the rows, and the installation itself in var/real/data, which every `utfall` command
can look at.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import chart
import sources

from utfall.portal.book import facade

HERE = Path(__file__).parent
REAL = HERE.parents[1] / "var" / "real"
DATA = REAL / "data"
ROWS = REAL / "rows"
RECEIPTS = REAL / "receipts"
MARKET = HERE / "market.toml"
FREE, LIMITED = 2, 3  # the advertisers of CDNOW's orders, without and with a limit
CPM, CPC, SALES, LIMITED_SALES = 1, 2, 3, 4  # the programs
FIRST_ORDERS = 3  # the rule for a customer's first order, without a limit


def main() -> None:
    """Everything, in order; the exit code is 1 if a figure or a proof does not hold."""
    prepare()
    settle()
    look()
    chosen = show_receipts()
    verified = verify(chosen)
    replayed = prove_replay()
    ask_what_if()
    draw()
    summary = summarise(verified=verified, replayed=replayed)
    write_summary(summary)
    problems = check(summary)
    for problem in problems:
        print(f"does not hold: {problem}")
    raise SystemExit(1 if problems else 0)


def say(title: str) -> None:
    """A heading."""
    bold = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    print(f"\n\033[1m── {title}\033[0m" if bold else f"\n── {title}", flush=True)


def utfall(*words: str) -> None:
    """Run a command as a person would; its output goes where ours does."""
    print(f"$ utfall {' '.join(_near(word) for word in words)}", flush=True)
    subprocess.run(_command(words), check=True)


def _near(word: str) -> str:
    """A path as seen from the checkout, as people type it."""
    return word.removeprefix(f"{HERE.parents[1]}/")


def asked(*words: str) -> Any:
    """Run a command as a machine would; its answer."""
    return json.loads(subprocess.run([*_command(words), "--json"], check=True, stdout=subprocess.PIPE).stdout)


def _command(words: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", "utfall.cli", "--data-dir", str(DATA), *words]


def prepare() -> None:
    """Begin anew: fetch the data, write it as rows, put the terms in force."""
    say("The data: files of the wheels obp 0.4.1 (Open Bandit) and lifetimes 0.11.3 (CDNOW)")
    for folder in (DATA, ROWS, RECEIPTS):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    wheels = REAL / "wheels"
    sources.fetch(wheels)
    first = next(sources.order_rows(wheels, FREE))
    for name, rows in {
        "open-bandit": sources.bandit_rows(wheels),
        "cdnow-free": sources.order_rows(wheels, FREE),
        "cdnow-limited": sources.order_rows(wheels, LIMITED),
        # A shop that sends an order a second time, as shops do: it must be refused, with a receipt.
        "resent": iter([{**first, "id": "0" * 12 + "8" + "0" * 3 + "8" + "0" * 14 + "1"}]),
    }.items():
        print(f"{sources.write_rows(ROWS / f'{name}.jsonl', rows):>7} rows in {ROWS.name}/{name}.jsonl")
    utfall("publish", str(MARKET))


def settle() -> None:
    """Load the rows in order, settle them, and bring them to the lake."""
    say("Load and settle")
    for name in ("open-bandit", "cdnow-free", "cdnow-limited", "resent"):
        utfall("load", str(ROWS / f"{name}.jsonl"), "--no-settle")
    utfall("settle", "--once")


def look() -> None:
    """The report, the trial balance, every invariant."""
    say("What happened, and what it cost")
    utfall("report", "--by", "program")
    utfall("report", "--by", "month", "--where", f"program={SALES}", "--metrics", "sales,revenue,cost,roas")
    utfall("report", "--by", "month,reason", "--where", f"program={LIMITED_SALES}", "--metrics", "sales,cost")
    say("The trial balance, and every invariant")
    utfall("trial-balance", "--accounts")
    utfall("check")


def show_receipts() -> dict[str, int]:
    """Three receipts, and the numbers of their last links: an order paid, one refused, one cut by the cap."""
    say("Three receipts: paid, refused, capped")
    book = facade.open_book(DATA / "book.sqlite3")
    paid = next(row for row in facade.conversions(book) if row.status == "payable")
    capped = next(
        row for row in facade.conversions(book) if row.reason == "cap_reached" and row.commission_micros
    )
    links = facade.receipts_of_conversion(book, paid.id)
    chosen = {
        "paid": next(link.id for link in links if link.kind == "release"),
        "refused": facade.receipts_saying(book, "reason", "duplicate_order")[0].id,
        "capped": facade.receipts_of_conversion(book, capped.id)[0].id,
    }
    facade.close_book(book)
    for number in chosen.values():
        utfall("receipt", "show", f"{number}")
    return chosen


def verify(chosen: dict[str, int]) -> int:
    """Export each receipt for both parties and verify it with the public key alone; how many hold."""
    say("Verified offline, with the public key alone")
    verified = 0
    for name, number in chosen.items():
        holds = True
        for party in ("advertiser", "publisher"):
            document = RECEIPTS / f"{name}-{party}.json"
            subprocess.run(
                _command(("receipt", "export", str(number), "--party", party, "--out", str(document))),
                check=True,
                stdout=subprocess.DEVNULL,
            )
            key = DATA / "keys" / "receipts.pub"
            holds = asked("receipt", "verify", str(document), "--key", str(key))["holds"] and holds
        print(f"{name:<8} receipt {number}: {'both sides hold' if holds else 'DOES NOT HOLD'}", flush=True)
        verified += holds
    return verified


def prove_replay() -> bool:
    """Rebuild the book elsewhere and compare it row by row."""
    say("The same book again, from the journal")
    report = asked("replay")
    print(f"{report['events']} events in {report['batches']} batches, identical: {report['identical']}")
    print(f"digest {report['digest']}")
    return bool(report["identical"])


def ask_what_if() -> None:
    """The repeat rate doubled: who would have gained, and what it would have cost."""
    say("What if later orders had paid 4 % instead of 2 %?")
    changed = REAL / "repeat-4-percent.toml"
    changed.write_text(
        MARKET.read_text(encoding="utf-8").replace('share = "2 %"', 'share = "4 %"'), encoding="utf-8"
    )
    utfall("whatif", str(changed))


def rows_of(*words: str) -> list[dict[str, Any]]:
    """The rows of a report from the lake."""
    rows: list[dict[str, Any]] = asked("report", *words)["rows"]
    return rows


def draw() -> None:
    """The picture."""
    say("The picture")
    by_month = ("--by", "month", "--metrics", "revenue,commission_pending,commission_approved")
    free = rows_of(*by_month, "--where", f"program={SALES}", "--order", "month")
    limited = rows_of(*by_month, "--where", f"program={LIMITED_SALES}", "--order", "month")
    days = rows_of(
        "--by", "day", "--metrics", "cost_cpm,cost_cpc", "--where", "advertiser=1", "--order", "day"
    )
    without, within = _commission(free), _commission(limited)
    months = [row["month"] for row in free]
    names = ("8 % and 2 %", "with cap and budget")
    charts = [
        chart.Chart(
            "Revenue per month, USD",
            "Orders of CDNOW's 23,570 customers; all of them bought first in the first quarter of 1997.",
            months,
            [chart.Series("Revenue", "revenue", [row["revenue_micros"] for row in free])],
        ),
        chart.Chart(
            "Commission per month, USD",
            "8 % of a first order, 2 % of a later one; free, and within 20,000 a month and 80,000 in all.",
            months,
            [chart.Series(names[0], "free", without), chart.Series(names[1], "limited", within)],
            [chart.Mark("monthly cap 20,000", 20_000 * chart.MICROS)],
        ),
        chart.Chart(
            "Commission in all, USD",
            "The budget is used up to the micro and not beyond.",
            months,
            [
                chart.Series(names[0], "free", chart.running(without)),
                chart.Series(names[1], "limited", chart.running(within)),
            ],
            [chart.Mark("budget 80,000", 80_000 * chart.MICROS)],
            lines=True,
        ),
        chart.Chart(
            "A week of impressions and clicks, USD per day in Tokyo",
            "30,000 impressions at 2.00 per thousand beside 30,000 whose clicks cost 0.25 each.",
            [str(row["day"])[5:] for row in days],
            [
                chart.Series("CPM", "revenue", [row["cost_cpm_micros"] for row in days]),
                chart.Series("CPC", "free", [row["cost_cpc_micros"] for row in days]),
            ],
        ),
    ]
    path = REAL / "chart.html"
    lead = "Real orders, impressions and clicks, priced and posted by Utfall. Figures are read from its lake."
    path.write_text(chart.page("Revenue and commission over time", lead, charts), encoding="utf-8")
    print(path.relative_to(REAL.parents[1]))


def _commission(rows: list[dict[str, Any]]) -> list[int]:
    return [row["commission_pending_micros"] + row["commission_approved_micros"] for row in rows]


def summarise(*, verified: int, replayed: bool) -> dict[str, Any]:
    """The figures, from the lake and the book."""
    metrics = "impressions,clicks,sales,revenue,cost_cpm,cost_cpc,commission_pending,commission_approved"
    told = {row["program"]: row for row in rows_of("--by", "program", "--metrics", metrics)}
    by_rule = {row["rule"]: row["sales"] for row in rows_of("--by", "rule", "--metrics", "sales,revenue")}
    balance = asked("trial-balance")["currencies"]
    bandit = [told[CPM], told[CPC]]
    return {
        "open_bandit": {
            "impressions": sum(row["impressions"] for row in bandit),
            "clicks": sum(row["clicks"] for row in bandit),
            "cpm_cost_micros": sum(row["cost_cpm_micros"] for row in bandit),
            "cpc_cost_micros": sum(row["cost_cpc_micros"] for row in bandit),
        },
        "cdnow": {
            "orders": told[SALES]["sales"],
            "first_orders": by_rule[FIRST_ORDERS],
            "revenue_micros": told[SALES]["revenue_micros"],
            "commission_uncapped_micros": sum(_commission([told[SALES]])),
            "commission_capped_micros": sum(_commission([told[LIMITED_SALES]])),
        },
        "trial_balance_micros": sum(abs(each["difference_micros"]) for each in balance),
        "replay_identical": replayed,
        "receipts_verified": verified,
    }


def check(summary: dict[str, Any]) -> list[str]:
    """What the book says otherwise than the lake, and what must be zero, same or three and is not."""
    book = facade.open_book(DATA / "book.sqlite3")
    owed = {
        owner: sum(
            each.balance_micros
            for each in facade.balances(book)
            if (each.owner, each.owner_id) == ("advertiser", owner)
        )
        for owner in (1, FREE, LIMITED)
    }
    facade.close_book(book)
    bandit, cdnow = summary["open_bandit"], summary["cdnow"]
    expected = {
        "what the fashion shop owes": (owed[1], bandit["cpm_cost_micros"] + bandit["cpc_cost_micros"]),
        "what CDNOW owes without a limit": (owed[FREE], cdnow["commission_uncapped_micros"]),
        "what CDNOW owes within its limits": (owed[LIMITED], cdnow["commission_capped_micros"]),
        "the trial balance": (summary["trial_balance_micros"], 0),
        "the replay": (summary["replay_identical"], True),
        "the receipts": (summary["receipts_verified"], 3),
    }
    return [
        f"{what}: {found} is not {wanted}" for what, (found, wanted) in expected.items() if found != wanted
    ]


def write_summary(summary: dict[str, Any]) -> None:
    """Leave the figures for whoever checks them."""
    say("Summary")
    path = REAL / "summary.json"
    path.write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
    print(path.read_text(encoding="utf-8"))
    print(
        f"in {path.relative_to(REAL.parents[1])}; docs/guides/real.md shows how to check every figure by hand"
    )


if __name__ == "__main__":
    main()
