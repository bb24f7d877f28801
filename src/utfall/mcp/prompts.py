"""Questions that are often asked, with how they are best answered."""

from typing import Final, NamedTuple


class Prompt(NamedTuple):
    """A question; `{name}` stands for an argument. Arguments have a description, and a default where not
    needed."""

    name: str
    title: str
    description: str
    arguments: dict[str, tuple[str, str | None]]
    text: str


PROMPTS: Final = {
    each.name: each
    for each in (
        Prompt(
            "why_did_it_fall",
            "Why did a metric fall?",
            "Finds the day, the partners and the reason behind a fall, down to single receipts.",
            {
                "metric": ("The metric, such as sales or clicks.", None),
                "days": ("Which days, such as last week.", "the last 14 days"),
            },
            "Why did {metric} fall in {days}? Read the metric's definition with list_metrics. Look at "
            "overview and alerts first. Then ask a report of {metric} by day; over the days that differ, "
            "split it by program, by publisher, by device and by reason, and compare with as many days "
            "before. Tell a tracking outage (all partners at once, no clicks or no orders) from one "
            "partner leaving, from a change of terms (changes of kind program.*) and from refusals "
            "(gross_clicks by reason). Show two or three orders or events that prove it, with their "
            "receipts. Say plainly what the numbers do not tell.",
        ),
        Prompt(
            "morning",
            "What needs me today?",
            "Figures, alerts, applications, claims and orders that wait, the most money first.",
            {},
            "What needs me today? Use who_am_i, overview, alerts (open), applications (waiting), claims "
            "(open) and find_conversions (pending, the oldest first). Begin with what costs the most "
            "money if it waits, each in one line with amount and day. Change nothing.",
        ),
        Prompt(
            "explain_order",
            "Why was this order paid so?",
            "The story of one order as a person understands it, with proof.",
            {"order": ("The order's reference or number.", None)},
            "Explain order {order}: find it with find_conversions, read conversion_story, and tell in "
            "time order who touched it, who won and why, how the commission was reckoned, and every later "
            "decision. Verify its last receipt with verify_receipt and say whether it holds.",
        ),
        Prompt(
            "answer_claims",
            "Go through the open claims",
            "For each claim: what the receipts say, a proposed answer, and a dry run of it.",
            {},
            "Go through the open claims (tool claims). For each, read what the receipts say and the "
            "order's story, and propose to approve, deny with a reason, or ask for more. Make a dry run "
            "with answer_claim for each, show them to me as one table, and wait: confirm only those that "
            "I name.",
        ),
    )
}


def filled(prompt: Prompt, given: dict[str, str]) -> str:
    """The text of a prompt with its arguments; KeyError names one that is needed and was not given."""
    said = {}
    for name, (_description, usual) in prompt.arguments.items():
        value = given.get(name) or usual
        if value is None:
            raise KeyError(name)
        said[name] = value
    return prompt.text.format(**said)
