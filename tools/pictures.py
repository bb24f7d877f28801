"""Pictures of the main pages, from the running product: `python -m tools.pictures [NAME…]`.

It starts `utfall demo` in a folder of its own on free ports, signs in as its people with one click each, and
writes `docs/pictures/*.png`, with few colours so that they stay small. The tour (docs/guides/portal.md) shows
them.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools.look import launch

ROOT: Final = Path(__file__).parents[1]
PICTURES: Final = ROOT / "docs" / "pictures"
MOST_BYTES: Final = 150_000
DESKTOP, PHONE = (1280, 860), (390, 844)
SETTLING_MS: Final = 1500
"""Charts are drawn, fonts are there, and what asks again has asked."""
LIVING: Final = "It goes on living"
"""What the demo says once its first orders are settled."""


class Picture(NamedTuple):
    """A page to show: as whom, where, on what screen, and what to do there first."""

    name: str
    person: str
    path: str
    size: tuple[int, int] = DESKTOP
    dark: bool = False
    first: Callable[[Page], None] | None = None


class Demo(NamedTuple):
    """Where the demo of these pictures answers, and the order that tells of a coupon that came too late."""

    portal: str
    story: str


def open_the_order(page: Page) -> None:
    """Open the story of an order in the debugger."""
    page.locator("[data-call]", has_text="FJALL-").first.locator("summary").click()
    page.wait_for_selector("[data-call] .story-lead")


def open_the_receipt(page: Page) -> None:
    """From the order that was searched for to its receipt."""
    page.locator("a[href*='/receipts/']").first.click()
    page.wait_for_selector(".story-lead")


def open_the_link(page: Page) -> None:
    page.get_by_role("link", name="The guide to boots").first.click()


def begin_a_program(page: Page) -> None:
    """The wizard's first page, and on to the price."""
    page.fill("[name=name]", "Fjällbutiken Norge")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile("/draft/goal/"))
    page.goto(page.url.replace("/goal/", "/price/"))
    page.fill("[name=percent]", "8")
    page.wait_for_timeout(SETTLING_MS)


def settle_again(page: Page) -> None:
    """Put the rule for boots below that for new customers, and ask what that would have paid."""
    page.locator("[data-move=down]").nth(1).click()
    page.wait_for_timeout(SETTLING_MS)
    page.goto(f"{page.url}review/")
    page.get_by_role("button", name="Settle again").click()
    page.wait_for_url(re.compile("/what-if/"))
    page.wait_for_selector("table, [role=alert]")


def opening(place: str, which: int = 0) -> Callable[[Page], None]:
    """Follow a link of a page's lists to a page of this sort, counted from nought."""

    def follow(page: Page) -> None:
        page.locator(f"main :is(th, td, li) a[href*='{place}']").nth(which).click()
        page.wait_for_load_state("networkidle")

    return follow


def write_steps(page: Page) -> None:
    """A new rule whose price rises; nothing is kept of it."""
    page.locator("#add-rule").click()
    page.fill("[name=name]", "The more, the better")
    page.select_option("[name=price_kind]", "tiered")
    page.wait_for_selector("[name='steps.0.pays']")
    page.get_by_role("button", name="Step", exact=True).click()
    page.wait_for_selector("[name='steps.2.pays']")
    for place, (start, pays) in enumerate((("", "6"), ("20000", "8"), ("50000", "10"))):
        if place:
            page.locator(f"[name='steps.{place}.start']").fill(start)
        page.locator(f"[name='steps.{place}.pays']").press_sequentially(pays)
    page.locator(".rule-form").evaluate("form => form.scrollIntoView()")


def share_a_commission(page: Page) -> None:
    """What one wins, divided with another."""
    page.select_option("[name=publisher]", index=1)
    page.locator("[name='shares.0.publisher']").fill("11")
    page.locator("[name='shares.0.share']").press_sequentially("30")


HOME, BLOG, NETWORK, LATE = "/fjallbutiken/", "/friluftsbloggen/", "/nordnatet/", "/turvenn/"
PROGRAM: Final = f"{HOME}programs/101/"
RECEIPT: Final = f"{HOME}tracking/debugger/?q={{story}}"
PICTURES_WANTED: Final = (
    Picture("front-door", "", "/"),
    Picture("advertiser", "Astrid Lind", HOME),
    Picture("publisher", "Sofia Friberg", BLOG),
    Picture("operator", "Olle Nordin", NETWORK, dark=True),
    Picture("overview", "Astrid Lind", f"{HOME}overview/"),
    Picture("overview-publisher", "Sofia Friberg", f"{BLOG}overview/", dark=True),
    Picture("report", "Astrid Lind", f"{HOME}reports/"),
    Picture("conversions", "Astrid Lind", f"{HOME}conversions/"),
    Picture("quality", "Astrid Lind", f"{HOME}quality/"),
    Picture("finding", "Astrid Lind", f"{HOME}quality/", first=opening("/quality/findings/")),
    Picture("health", "Olle Nordin", f"{NETWORK}operations/"),
    Picture("validation", "Astrid Lind", f"{HOME}validation/"),
    Picture("tiers", "Astrid Lind", f"{PROGRAM}commission/", first=write_steps),
    Picture("shared", "Astrid Lind", f"{PROGRAM}sharing/split/", dark=True, first=share_a_commission),
    Picture("finance", "Olle Nordin", f"{NETWORK}finance/"),
    Picture("invoices", "Ingrid Solberg", f"{LATE}invoices/"),
    Picture("paper", "Ingrid Solberg", f"{LATE}invoices/", dark=True, first=opening("/invoices/")),
    Picture("run", "Olle Nordin", f"{NETWORK}invoices/runs/", first=opening("/invoices/runs/")),
    Picture("funding", "Astrid Lind", f"{HOME}deposit/"),
    Picture("payouts", "Olle Nordin", f"{NETWORK}payouts/"),
    Picture("bank-file", "Olle Nordin", f"{NETWORK}bank/", first=opening("/bank/files/", 1)),
    Picture("earnings", "Sofia Friberg", f"{BLOG}earnings/"),
    Picture("payout", "Sofia Friberg", f"{BLOG}earnings/", first=opening("/payouts/")),
    Picture("statement", "Sofia Friberg", f"{BLOG}statements/", dark=True),
    Picture("phone-earnings", "Sofia Friberg", f"{BLOG}earnings/", PHONE, dark=True),
    Picture("phone-overview", "Astrid Lind", f"{HOME}overview/", PHONE),
    Picture("phone-conversions", "Astrid Lind", f"{HOME}conversions/", PHONE, dark=True),
    Picture("program", "Astrid Lind", PROGRAM),
    Picture("commission", "Astrid Lind", f"{PROGRAM}commission/"),
    Picture("marketplace", "Sofia Friberg", f"{BLOG}marketplace/"),
    Picture("link", "Sofia Friberg", f"{BLOG}links/", first=open_the_link),
    Picture("debugger", "Astrid Lind", f"{HOME}tracking/debugger/", first=open_the_order),
    Picture("receipt", "Astrid Lind", RECEIPT, dark=True, first=open_the_receipt),
    Picture("phone-advertiser", "Astrid Lind", HOME, PHONE),
    Picture("phone-marketplace", "Sofia Friberg", f"{BLOG}marketplace/", PHONE, dark=True),
    Picture("phone-receipt", "Astrid Lind", RECEIPT, PHONE, first=open_the_receipt),
    # These begin something, so they come last.
    Picture("wizard", "Johan Ek", f"{HOME}programs/new/", first=begin_a_program),
    Picture("what-if", "Johan Ek", f"{PROGRAM}commission/", first=settle_again),
)


def main(names: list[str]) -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demo() as place, sync_playwright() as playwright:
        browser = launch(playwright)
        for wanted in PICTURES_WANTED:
            if not names or wanted.name in names:
                size = keep(take(browser, place, wanted), PICTURES / f"{wanted.name}.png")
                print(f"{wanted.name}.png  {size // 1000} kB")
        browser.close()
    return 0


@contextmanager
def demo() -> Iterator[Demo]:
    """A demo of its own, until the block ends."""
    ports = free_ports(3)
    names = ("PORTAL_PORT", "EDGE_PORT", "DEMO_SHOP_PORT")
    settings = {f"UTFALL_{name}": str(port) for name, port in zip(names, ports, strict=True)}
    portal = f"http://127.0.0.1:{ports[0]}"
    settings |= {"UTFALL_PORTAL_URL": portal, "UTFALL_PUBLIC_URL": f"http://127.0.0.1:{ports[1]}"}
    with tempfile.TemporaryDirectory(prefix="utfall-pictures-") as folder:
        command = [sys.executable, "-m", "utfall.cli", "--data-dir", folder, "demo"]
        process = subprocess.Popen(
            command,
            env={**os.environ, **settings},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield Demo(portal, story_of(process))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


def story_of(process: "subprocess.Popen[str]") -> str:
    """Read what the demo says until its first orders are settled, and let nothing hold it up afterwards."""
    assert process.stdout is not None, "it is piped"
    story = ""
    for line in process.stdout:
        if found := re.search(r"receipt show (\S+)", line):
            story = found[1]
        if LIVING in line:
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return story
    raise RuntimeError("the demo ended before it lived")


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on, all different."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def take(browser: Browser, place: Demo, wanted: Picture) -> bytes:
    """A picture of what is seen without scrolling."""
    width, height = wanted.size
    phone = width <= PHONE[0]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if wanted.dark else "light",
        locale="en-GB",
        has_touch=phone,
        is_mobile=phone,
        device_scale_factor=2 if phone else 1.5,
        reduced_motion="reduce",
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    if wanted.person:
        page.goto(place.portal)
        page.get_by_role("button", name=re.compile(wanted.person)).click()
    page.goto(f"{place.portal}{wanted.path.format(story=place.story)}")
    if wanted.first is not None:
        wanted.first(page)
    page.wait_for_function("() => !document.querySelector('[aria-busy=true], .htmx-request')")
    page.wait_for_timeout(SETTLING_MS)
    picture = page.screenshot(animations="disabled")
    context.close()
    return picture


def keep(picture: bytes, path: Path) -> int:
    """Write a picture with as many colours as fit; its size."""
    with Image.open(BytesIO(picture)) as image:
        plain = image.convert("RGB")
    for colours in (256, 128, 64, 32):
        small = plain.quantize(colours, dither=Image.Dither.NONE)
        small.save(path, optimize=True)
        if path.stat().st_size < MOST_BYTES:
            break
    return path.stat().st_size


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
