"""Looks at a page: `python tools/look.py URL OUT.png [--width 390] [--dark] [--cookie NAME=VALUE]`.

It is Debian's Chromium without its window under Playwright, which never downloads a browser of its own; tests
start theirs here.
"""

import argparse
import os
import shutil
import sys
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

CHROMIUM: Final = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # All pages are this project's: a process for each would only take a fifth of the time to begin.
    "--disable-site-isolation-trials",
    "--renderer-process-limit=1",
    # In a container Chromium's sandbox cannot start. It only ever sees pages of this project.
    "--no-sandbox",
]
HEIGHT: Final = 900
PHONE: Final = 480
"""Up to this width the screen is a phone's: it has touch, and twice the pixels."""


def launch(playwright: Playwright) -> Browser:
    """Start Chromium without a window. `CHROMIUM` names another executable, such as that with a window."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell")
    if not executable:
        raise FileNotFoundError("there is no chromium-headless-shell; `make browser` installs Debian's")
    return playwright.chromium.launch(executable_path=executable, args=CHROMIUM)


def main() -> int:
    wanted = arguments()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = open_page(browser, wanted)
        answer = page.goto(wanted.url, wait_until="networkidle")
        page.screenshot(path=wanted.picture, full_page=not wanted.screen, animations="disabled")
        browser.close()
    print(f"{wanted.picture}: {page.url} answered {answer.status if answer else 'nothing'}")
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Take a picture of a page.")
    parser.add_argument("url")
    parser.add_argument("picture", type=Path)
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--dark", action="store_true", help="as who prefers the dark theme sees it")
    parser.add_argument("--cookie", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--language", default="en-GB", help="what the browser asks for, such as sv or nb")
    parser.add_argument("--screen", action="store_true", help="only what is seen without scrolling")
    return parser.parse_args()


def open_page(browser: Browser, wanted: argparse.Namespace) -> Page:
    """A page that speaks up: what goes wrong on it is printed."""
    phone = wanted.width <= PHONE
    context = browser.new_context(
        viewport={"width": wanted.width, "height": HEIGHT},
        color_scheme="dark" if wanted.dark else "light",
        locale=wanted.language,
        has_touch=phone,
        is_mobile=phone,
        device_scale_factor=2 if phone else 1,
    )
    for cookie in wanted.cookie:
        name, _, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "url": urljoin(wanted.url, "/")}])
    page = context.new_page()
    page.on("console", lambda message: print(f"console {message.type}: {message.text}", file=sys.stderr))
    page.on("pageerror", lambda error: print(f"script: {error}", file=sys.stderr))
    return page


if __name__ == "__main__":
    sys.exit(main())
