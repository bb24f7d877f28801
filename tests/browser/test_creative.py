"""An uploaded creative in a real browser: it works, and can look at nothing but itself."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Watch
from tests.ports import free_port
from tests.scenarios.running_edge import Edge, running
from utfall.edge.views import PIXEL
from utfall.events import Click

PATIENCE_TURNS, TURN_MS = 400, 20
BUNDLE = sha256(b"an HTML5 creative").hexdigest()
HOSTILE = """<!doctype html><html lang="en"><title>Ad</title><link rel="stylesheet" href="style.css">
<script src="main.js"></script><script type="module" src="module.js"></script>
<img id="own" src="img/a.gif" alt=""><img id="other" src="https://elsewhere.example/x.png" alt="">
<a id="click" href="#">Buy</a>
<script>
  window.tried = {};
  const attempt = (name, act) => {
    try { act(); tried[name] = "done"; } catch (error) { tried[name] = error.name; }
  };
  attempt("cookie", () => { document.cookie = "a=b"; });
  attempt("storage", () => { localStorage.a = 1; });
  attempt("page", () => { parent.document.title = "taken over"; });
  attempt("away", () => { top.location = "https://elsewhere.example/"; });
  attempt("eval", () => { eval("1"); });
  const answered = (name) => [() => { tried[name] = "done"; }, () => { tried[name] = "refused"; }];
  fetch("https://elsewhere.example/").then(...answered("sent"));
  fetch("/readyz").then(...answered("read"));
  fetch("data.json").then((found) => found.json()).then((found) => { tried.own = found.a; });
  document.querySelector("#click").addEventListener("click", () => {
    window.open(new URLSearchParams(location.search).get("clickTag"));
  });
</script>"""
FILES = {
    "index.html": HOSTILE.encode(),
    "style.css": b"body { background: rgb(1, 2, 3) }",
    "main.js": b"window.main = 1;",
    "module.js": b"window.module = 1;",
    "data.json": b'{"a": 7}',
    "img/a.gif": PIXEL,
}


@pytest.fixture(scope="module")
def edge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edge]:
    root = tmp_path_factory.mktemp("creative")
    write(root / "media" / BUNDLE)
    with running(root / "edge", free_port(), media_dir=str(root / "media")) as edge:
        yield edge


def write(folder: Path) -> None:
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def test_a_creative_works_in_its_sandbox_and_harms_nobody(page: Page, edge: Edge, watch: Watch) -> None:
    watch.allow("Content Security Policy|CORS|ERR_FAILED|ERR_BLOCKED|Unsafe attempt|elsewhere|favicon|/c/abc")
    url = f"http://127.0.0.1:{edge.config.port}"
    # The page around it is of the same host on purpose: not even there may it do anything.
    page.goto(f"{url}/t.js")
    page.set_content(f'<iframe src="{url}/m/{BUNDLE}/index.html?clickTag={url}/c/abc"></iframe>')
    frame = page.frames[-1]
    frame.wait_for_function("() => Object.keys(window.tried).length === 8 && window.module")
    assert frame.evaluate("() => tried") == {
        "cookie": "SecurityError",
        "storage": "SecurityError",
        "page": "SecurityError",
        "away": "SecurityError",
        "eval": "EvalError",
        "sent": "refused",
        "read": "refused",
        "own": 7,
    }
    assert frame.evaluate("() => [main, module, document.querySelector('#own').naturalWidth]") == [1, 1, 1]
    assert frame.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(1, 2, 3)"
    before = clicks(edge)
    with page.context.expect_page():
        frame.click("#click")
    for _ in range(PATIENCE_TURNS):
        if clicks(edge) == before:
            page.wait_for_timeout(TURN_MS)
    assert clicks(edge) == before + 1


def clicks(edge: Edge) -> int:
    return sum(isinstance(event, Click) for event in edge.events())
