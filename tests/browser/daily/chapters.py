"""The chapters of a working day, each told by what somebody presses, reads and is shown."""

import csv
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from playwright.sync_api import Locator, expect

from tests.browser.daily.receiving import is_theirs
from tests.browser.daily.story import Missed
from tests.browser.test_journey import Somebody
from tests.portal.webhooks.receiver import Receiver

GOOD, BAD = 100, 3
ANSWER: Final = "Say it to the queue, please."
"""What the receiver says, however it answers."""
BY_PARTNER: Final = re.compile("by=publisher")
NOUGHT: Final = re.compile(r"^\s*0\s*$")
SILENCE: Final = "No order since %(since)s, though %(clicks)s clicks came; %(expected)s orders were expected."


def finds_why_it_fell(person: Somebody, silent_since: date) -> None:
    """From the overview to the alert, by day and partner to the clicks that led nowhere; by clicks alone."""
    person.follows("Overview")
    expect(person.page.locator("#series canvas")).to_have_count(1)
    person.fits()
    begins = person.say(SILENCE).split("%")[0]
    person.page.locator("#attention a", has_text=begins).click()
    expect(person.page.get_by_role("heading", level=1)).to_contain_text(person.say("Tracking went silent"))
    person.fits()
    person.follows("Day by day")
    line = day(person, silent_since)
    expect(counts(line)).to_have_text([NOUGHT, re.compile(r"\d\d")])
    person.fits()
    line.locator("th a").click()
    person.page.wait_for_url(BY_PARTNER)
    lines = person.page.locator(".report-table tbody tr")
    expect(lines.locator("td.number:nth-child(2)", has_text=NOUGHT)).to_have_count(lines.count())
    assert lines.count() > 5, "it is no single partner"
    counts(lines.first).last.locator("a").click()
    expect(person.page.locator("tbody tr td").first).to_contain_text(person.say("Click"))
    person.fits()


def reads_a_receipt(person: Somebody, silent_since: date) -> None:
    """Back to the days: the last good one, its partners, the orders behind a number, a receipt."""
    person.page.go_back()
    person.page.go_back()
    day(person, silent_since - timedelta(days=1)).locator("th a").click()
    person.page.wait_for_url(BY_PARTNER)
    person.page.locator(".report-table tbody td.number:nth-child(2) a").first.click()
    expect(person.page.locator("tbody tr td").first).to_contain_text(person.say("Order"))
    person.follows("Receipt")
    person.sees(person.say("The arithmetic"))
    person.fits()


def day(person: Somebody, when: date) -> Locator:
    """The row of a day in a report."""
    way = f"from={when}&to={when}"
    return person.page.locator(".report-table tbody tr", has=person.page.locator(f"th a[href*='{way}']"))


def counts(line: Locator) -> Locator:
    """The numbers of a row: conversions, and the clicks behind them."""
    return line.locator("td.number")


def approves_by_file(person: Somebody, folder: Path) -> None:
    """Export what waits, send it back as decisions, read what is wrong with three of them, apply the rest."""
    person.goes("/conversions/?status=pending")
    with person.page.expect_download() as download:
        person.follows("Export")
    exported = folder / "conversions.csv"
    download.value.save_as(exported)
    decisions = folder / "decisions.csv"
    decide(exported, decisions)
    person.goes("/validation/")
    person.follows("By file")
    person.page.locator("[name=file]").set_input_files(decisions)
    person.fits()
    person.presses("Read and judge")
    expect(kpi(person, "Good")).to_have_text(str(GOOD))
    expect(kpi(person, "Refused")).to_have_text(str(BAD))
    for code in WRONG:
        person.sees(person.say(code))
    person.fits()
    person.page.locator("form[action$='/apply/'] button").click()
    person.is_told("The good rows are being written. What settlement makes of them shows here.")
    expect(person.page.locator("#live > p").first).to_contain_text(person.say("Settled"))
    expect(kpi(person, "Being settled")).to_have_text("0")
    person.page.locator(".row-tabs a", has_text=str(GOOD)).click()
    person.fits()
    person.page.locator("#live td a[href*='/receipts/']").first.click()
    person.sees(person.say("The arithmetic"))


WRONG: Final = (
    "You have no order with this number or reference.",
    "A declined or refunded order needs a reason, which its partner reads.",
    "The order was not placed on this day.",
)


def decide(exported: Path, decisions: Path) -> None:
    """A hundred approvals of an export, and three rows that nobody should believe."""
    with exported.open(encoding="utf-8-sig", newline="") as file:
        orders = [row["reference"] for row in csv.DictReader(file)][: GOOD + BAD - 1]
    assert len(orders) == GOOD + BAD - 1, "too few wait"
    rows = [[order, "", "approve"] for order in orders[:GOOD]]
    rows[10:10] = [["NEVER-PLACED", "", "approve"], [orders[GOOD], "", "decline"]]
    rows.append([orders[GOOD + 1], "2020-02-29", "approve"])
    with decisions.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["order", "date", "action"], *rows])


def kpi(person: Somebody, words: str) -> Locator:
    """The number under a label."""
    return person.page.locator(".kpi", has_text=person.say(words)).locator(".kpi-value")


RECEIVER: Final = {"en": "Our order system", "nb": "Ordresystemet vårt"}


def sets_up_a_webhook(person: Somebody, receiver: Receiver) -> str:
    """Name an address and what it is told; the secret, which is shown this once."""
    person.goes("/webhooks/")
    person.follows("New webhook")
    person.fills(url=f"{receiver.url}/hook", description=RECEIVER[person.telling.language])
    person.page.locator("[name=kinds][value='claim.filed']").check()
    person.presses("Make it")
    secret = person.page.locator("code", has_text="whsec_").first
    expect(secret).to_be_visible()
    person.fits()
    return secret.inner_text().strip()


def hears_of_it(person: Somebody, receiver: Receiver, secret: str, claim: str) -> None:
    """The third try is taken; all three are the same message, signed; the log has them to the letter."""
    calls = receiver.wait(3)
    assert len({(one.id, one.body) for one in calls}) == 1, "a try is the same message again"
    assert all(is_theirs(secret, one.headers, one.body) for one in calls)
    assert not is_theirs(secret, calls[0].headers, calls[0].body + b" ")
    assert claim.encode() in calls[0].body
    person.goes("/webhooks/")
    person.page.get_by_role("link", name=RECEIVER[person.telling.language]).click()
    person.fits()
    person.page.get_by_role("link", name="claim.filed").click()
    person.sees(person.say("Delivered"))
    tries = person.page.locator("#tries .card h2")
    expect(tries).to_contain_text(["200", "500", "500"])
    for one in calls:
        person.sees(one.headers["webhook-signature"])
    person.sees(ANSWER)
    person.fits()


def files_a_claim(person: Somebody, missed: Missed) -> None:
    """An order that was lost, with a proof."""
    person.goes("/claims/")
    person.follows("File a claim")
    person.page.locator("[name=program]").select_option(index=1)
    person.fills(reference=missed.order, placed_on=str(missed.placed_on), amount=missed.amount)
    person.fills(note="Her confirmation is attached.")
    person.page.locator("[name=proofs]").set_input_files(
        {"name": "order.png", "mimeType": "image/png", "buffer": PIXEL}
    )
    person.fits()
    person.presses("File the claim")
    expect(person.page.get_by_role("heading", level=1)).to_contain_text(missed.order)
    person.fits()


PIXEL: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
"""A picture of one point."""


def opens_the_claim(person: Somebody, order: str) -> None:
    """From the list of claims."""
    person.goes("/claims/")
    person.page.get_by_role("link", name=order).click()
    expect(person.page.get_by_role("heading", level=1)).to_contain_text(order)


def within(person: Somebody, what: str) -> Locator:
    """One of the forms of a claim."""
    return person.page.locator(f"form[action$='/{what}/']")


def asks(person: Somebody, words: str) -> None:
    """More is to be known."""
    within(person, "ask").locator("[name=text]").fill(words)
    within(person, "ask").locator("button").click()
    person.is_told("Asked. The clock stops until the publisher answers.")
    person.fits()


def replies(person: Somebody, question: str, words: str) -> None:
    """The question is read and answered."""
    person.page.reload()
    person.sees(question)
    within(person, "reply").locator("[name=text]").fill(words)
    within(person, "reply").locator("button").click()
    person.is_told("Sent.")


def approves(person: Somebody, reply: str) -> None:
    """The reply is read; the award is settled."""
    person.page.reload()
    person.sees(reply)
    within(person, "approve").locator("button").click()
    person.is_told("Approved. The award is settled within a moment.")


def denies(person: Somebody, reply: str, words: str) -> None:
    """The reply is read; the receipt stands."""
    person.page.reload()
    person.sees(reply)
    within(person, "deny").locator("[name=reason]").select_option("won_by_another")
    within(person, "deny").locator("[name=words]").fill(words)
    within(person, "deny").locator("button").click()
    person.is_told("Denied, with your reason.")
    person.fits()


def is_awarded(person: Somebody) -> None:
    """The publisher reads the decision and opens the receipt of what it earned."""
    receipt = person.page.locator("main a[href*='/receipts/']")
    for _attempt in range(50):
        person.page.reload()
        if receipt.count():
            break
        person.page.wait_for_timeout(200)
    person.sees(person.say("In the book"))
    person.fits()
    receipt.first.click()
    person.sees(person.say("The arithmetic"))
    person.fits()
