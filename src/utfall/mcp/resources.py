"""What can be read without asking: the definitions of metrics and dimensions, and the words of the trade."""

from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

from utfall.mcp.desk import Desk

GLOSSARY: Final = """\
# Words of the trade

| word | what it means here |
| --- | --- |
| program | What an advertiser pays for, under which terms; it has one currency and one time zone |
| advertiser, publisher | Who pays, and who earns by promoting; each reads its own side of everything |
| touch | A click, a view or a code that might have earned an order |
| order, conversion | A sale, lead, action or install that an advertiser told of |
| outcome | What is paid for: impression, viewable, video, click, lead, action, sale, install |
| attribution | Which touch an order belongs to, by the terms in force when each happened |
| receipt | One decision of settlement with its reason and its arithmetic, signed; it never changes |
| pending, approved, declined | It waits for the advertiser; it is certain; it earns nobody anything |
| unpaid | A real order that owes nobody anything; its reason says why |
| payable | Approved, and its hold is over |
| hold | Days between approval and payment, for returns |
| silence | The day on which a pending order is approved unless somebody objects |
| amend, refund | Another amount while it is pending; taking back after that: commission in proportion |
| claim | A publisher misses an order; the receipts answer, the advertiser decides, a clock runs |
| commission, fee, cost | What the publisher earns, what the operator takes, and both together |
| cap, budget | A limit in money or in number; what does not fit is refused, or clamped |
| EPC, CVR, AOV | Earnings per click, orders per click, value per order |
| micros | Millionths of a currency's unit, in the API; tools here say decimals instead |

Totals of reports equal the book. Days are days on the program's own clock. Currencies are never added up.
"""


class Resource(NamedTuple):
    """Something to read."""

    uri: str
    name: str
    description: str
    text: Callable[[Desk], str]


def _metrics(desk: Desk) -> str:
    rows = (
        (one.name, one.words, one.unit, one.formula, one.included) for one in desk.client.reports.metrics()
    )
    return _table("Metrics", ("name", "words", "unit", "formula", "what is included"), rows)


def _dimensions(desk: Desk) -> str:
    rows = ((one.name, one.words, one.described) for one in desk.client.reports.dimensions())
    return _table("Dimensions", ("name", "words", "what it says"), rows)


def _table(title: str, headings: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "\n".join((f"# {title}", "", *(f"| {' | '.join(map(_cell, line))} |" for line in lines), ""))


def _cell(value: Any) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


RESOURCES: Final = {
    each.uri: each
    for each in (
        Resource(
            "utfall://metrics", "Metrics", "Every metric with its formula and what it includes.", _metrics
        ),
        Resource(
            "utfall://dimensions", "Dimensions", "Everything that a report can be split by.", _dimensions
        ),
        Resource(
            "utfall://glossary",
            "Glossary",
            "The words of performance marketing as used here.",
            lambda _: GLOSSARY,
        ),
    )
}
