"""Reads a golden settlement: a market, what happened in it, and what must come of it, all in people's words.

Names stand for ids, ISO times for milliseconds, decimal numbers for micros: see `tests/golden/README.md`.
"""

import json
import tomllib
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from tests.unit.engine.ledger import Ledger
from tests.unit.engine.market import zone_of
from utfall.engine import OrderState, ReceiptDraft
from utfall.events import AnyEvent, Click, ClickRef, event_id, from_json
from utfall.events.codec import KINDS
from utfall.money import MICROS_PER_UNIT, Money
from utfall.terms import Measure, Snapshot, load_snapshot, read_market, seal

GOLDENS = Path(__file__).parent / "settlements"
Plain = dict[str, Any]


@dataclass
class Story:
    """One golden while it is being told."""

    terms: Snapshot
    ledger: Ledger
    names: dict[str, str] = field(default_factory=dict)
    clicks: dict[str, Click] = field(default_factory=dict)

    def tell(self, batches: list[Plain]) -> None:
        for batch in batches:
            events = [self.event(dict(told)) for told in batch.get("events", ())]
            now = milliseconds(batch["now"]) if "now" in batch else None
            self.ledger.settle(*events, now=now)

    def event(self, told: Plain) -> AnyEvent:
        """An event from its people's form; what has the same name and time is the same event again."""
        at = milliseconds(told.pop("at"))
        name = told.pop("name")
        identifier = event_id(at, blake2b(name.encode(), digest_size=10).digest())
        self.names[identifier] = name
        own = {"id": identifier, "occurred_at": at, "received_at": at}
        if "received" in told:
            own["received_at"] = milliseconds(told.pop("received"))
        if "checkout_at" in told:
            told["checkout_at"] = milliseconds(told["checkout_at"])
        whose = {"advertiser": 1} if "advertiser" in KINDS[told["kind"]].__struct_fields__ else {}
        event = from_json(json.dumps({**own, **whose, **self.ids(told)}).encode())
        if isinstance(event, Click):
            self.clicks[name] = event
        return event

    def ids(self, told: Plain) -> Plain:
        """Links by key, tokens by the name of their click, amounts in micros, `through` all there is."""
        if "link" in told:
            link = self.terms.links_by_key[told["link"]]
            told |= {"link": link.id, "program": link.program, "publisher": link.publisher}
        if "clicks" in told:
            told["clicks"] = [msgspec.to_builtins(token(self.clicks[name])) for name in told["clicks"]]
        for name in ("amount", "net", "tax", "into_amount"):
            if name in told:
                told[f"{name}_micros"] = micros(told.pop(name))
        if told.get("through") == "all":
            told["through"] = self.ledger.purse.last
        if "funding" in told:
            told["funding"] = next(one for one, name in self.names.items() if name == told["funding"])
        for lines in ("lines", "changes"):
            if lines in told:
                told[lines] = [self.ids(dict(line)) for line in told[lines]]
        return told


def token(click: Click) -> ClickRef:
    return ClickRef(
        id=click.id,
        at=click.occurred_at,
        link=click.link,
        program=click.program,
        publisher=click.publisher,
    )


def milliseconds(text: str) -> int:
    moment = datetime.fromisoformat(text)
    assert moment.tzinfo is not None, "a golden names its time zone"
    return round(moment.timestamp() * 1000)


def micros(text: str) -> int:
    return Money.parse(text, "SEK").micros


def words(amount_micros: int) -> str:
    """An amount as the documentation writes it: at least two decimals."""
    units, rest = divmod(abs(amount_micros), MICROS_PER_UNIT)
    decimals = f"{rest:06}".rstrip("0").ljust(2, "0")
    return f"{'-' if amount_micros < 0 else ''}{units}.{decimals}"


def read(path: Path) -> Plain:
    golden: Plain = json.loads(path.read_text(encoding="utf-8"))
    return golden


def told(golden: Plain) -> Story:
    """Tell a golden's story to the engine."""
    text = (GOLDENS / "markets" / f"{golden['market']}.toml").read_text(encoding="utf-8")
    table = tomllib.loads("\n".join([text, *golden.get("more", ())]))
    terms = load_snapshot(seal(read_market(table, zone_of)))
    story = Story(terms, Ledger(terms))
    story.tell(golden["batches"])
    return story


def outcome(story: Story) -> Plain:
    """What came of a story, in the golden's words."""
    ledger = story.ledger
    return {
        "verdicts": {
            story.names[event]: [verdict.reason or "accepted" for verdict in joined(verdicts)]
            for event, verdicts in ledger.verdicts.items()
        },
        "orders": {order.order: order_words(story, order) for order in ledger.orders()},
        "accounts": {name: words(amount) for name, amount in ledger.standing().items()},
        "limits": limit_words(story),
        "receipts": [
            receipt_words(story, receipt) for decided in ledger.decisions for receipt in decided.receipts
        ],
        "transactions": [
            {
                "kind": transaction.kind,
                **{
                    f"{entry.owner} {entry.owner_id} {entry.bucket}": words(entry.amount_micros)
                    for entry in transaction.entries
                },
            }
            for decided in ledger.decisions
            for transaction in decided.transactions
        ],
    }


def joined(verdicts: list[Any]) -> list[Any]:
    """One verdict for an event that told several facts (a line each), and one for each refusal."""
    return [one for index, one in enumerate(verdicts) if index == 0 or one.reason is not None]


def order_words(story: Story, order: OrderState) -> Plain:
    return {
        "status": order.status.value,
        "reason": order.reason,
        "program": order.program,
        "publisher": order.publisher,
        "method": order.method,
        "touch": story.names.get(order.touch or "", order.touch),
        "commission": words(order.commission_micros),
        "fee": words(order.fee_micros),
        "cost": words(order.cost_micros),
        "lines": [
            {"rule": line.rule, "commission": words(line.commission_micros), "left": words(line.left_micros)}
            for line in order.lines
        ],
        "supplied": order.supplied,
    }


def limit_words(story: Story) -> Plain:
    """Rows by limit, publisher (where each has its own) and period; amounts in words, numbers bare."""
    measures = {limit.id: limit.measure for limit in story.terms.market.limits}
    found = {}
    for key, state in sorted(story.ledger.limits.items()):
        say = str if measures[key.limit] is Measure.COUNT else words
        whose = f" of {key.publisher}" if key.publisher else ""
        whose += f" of customer {key.customer}" if key.customer else ""
        found[f"{key.limit}{whose} in {key.period}"] = {
            "reserved": say(state.reserved),
            "settled": say(state.settled),
            "cap": say(state.cap),
        }
    return found


def receipt_words(story: Story, receipt: ReceiptDraft) -> Plain:
    """The body of a receipt, and of the advertiser's side who was considered and what became of them."""
    body: Plain = msgspec.json.decode(receipt.body)
    side: Plain = msgspec.json.decode(receipt.advertiser_side)
    candidates = {
        story.names.get(one["id"], one["id"]): one["elimination"] for one in side.get("candidates", ())
    }
    amounts = {name[:-7]: words(value) for name, value in side.items() if name.endswith("_micros")}
    return {**body, "candidates": candidates, **amounts, "about": story.names.get(body.get("event") or "")}
