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
    """Where the demo of these pictures answers."""

    portal: str
    shop: str


def price_boots(page: Page) -> None:
    """Make a rule better, so that there is something to review."""


def open_the_newest_order(page: Page) -> None:
    """Open the story of an order in the debugger."""
    page.locator("[data-call]", has_text="FJALL-").first.locator("summary").click()
    page.wait_for_timeout(800)


def follow_the_newest_receipt(page: Page) -> None:
    """From the debugger to the receipt of an order."""
    open_the_newest_order(page)
    page.locator("[data-call] a[href*='/receipts/']").first.click()
    page.wait_for_load_state("networkidle")


PICTURES_WANTED: Final = (
    Picture("front-door", "", "/"),
    Picture("advertiser", "Astrid Lind", "/fjallbutiken/"),
    Picture("publisher", "Sofia Friberg", "/friluftsbloggen/"),
    Picture("agency", "Nora Haugen", "/polhem-media/"),
    Picture("operator", "Olle Nordin", "/nordnatet/", dark=True),
    Picture("program", "Astrid Lind", "/fjallbutiken/programs/101/"),
    Picture("commission", "Astrid Lind", "/fjallbutiken/programs/101/commission/"),
    Picture("marketplace", "Sofia Friberg", "/friluftsbloggen/marketplace/"),
    Picture("debugger", "Astrid Lind", "/fjallbutiken/tracking/debugger/", first=open_the_newest_order),
    Picture(
        "receipt",
        "Astrid Lind",
        "/fjallbutiken/tracking/debugger/",
        dark=True,
        first=follow_the_newest_receipt,
    ),
    Picture("phone-advertiser", "Astrid Lind", "/fjallbutiken/", PHONE),
    Picture("phone-marketplace", "Sofia Friberg", "/friluftsbloggen/marketplace/", PHONE, dark=True),
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
    """A demo of its own, until the block ends. `UTFALL_DEMO_AT` and `UTFALL_SHOP_AT` name one that runs."""
    if at := os.environ.get("PICTURES_OF"):
        yield Demo(at, "")
        return
    ports = free_ports(3)
    names = ("PORTAL_PORT", "EDGE_PORT", "DEMO_SHOP_PORT")
    settings = {f"UTFALL_{name}": str(port) for name, port in zip(names, ports, strict=True)}
    portal = f"http://127.0.0.1:{ports[0]}"
    settings |= {"UTFALL_PORTAL_URL": portal, "UTFALL_PUBLIC_URL": f"http://127.0.0.1:{ports[1]}"}
    with tempfile.TemporaryDirectory(prefix="utfall-pictures-") as folder:
        command = [sys.executable, "-m", "utfall.cli", "--data-dir", folder, "demo"]
        process = subprocess.Popen(
            command, env={**os.environ, **settings}, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        try:
            wait_until_it_lives(process)
            yield Demo(portal, f"http://fjallbutiken.localhost:{ports[2]}")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


def wait_until_it_lives(process: "subprocess.Popen[str]") -> None:
    """Read what the demo says until its first orders are settled, and let nothing hold it up afterwards."""
    assert process.stdout is not None, "it is piped"
    for line in process.stdout:
        if LIVING in line:
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return
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
    page.goto(f"{place.portal}{wanted.path}")
    page.wait_for_timeout(1500)
    if wanted.first is not None:
        wanted.first(page)
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
