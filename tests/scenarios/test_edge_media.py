"""Creatives through HTTP: exact types, ranges, caches, and nothing outside the folder."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.ports import free_port
from tests.scenarios.running_edge import Answer, Edge, running
from utfall.edge.media import BUNDLE_TYPES, SANDBOX, TYPES

PICTURE = bytes(range(256)) * 400
HASH = sha256(PICTURE).hexdigest()
BUNDLE = sha256(b"bundle").hexdigest()
OUTSIDE = sha256(b"outside").hexdigest()


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one file of every type, a bundle, and things that must not be shown."""
    root = tmp_path_factory.mktemp("creatives")
    folder = root / "media"
    (folder / BUNDLE / "img" / "deep").mkdir(parents=True)
    for ext in (*TYPES, "svg", "html", "exe", "building"):
        (folder / f"{HASH}.{ext}").write_bytes(PICTURE)
    for name in ("index.html", "main.js", "img/a@2x.png", "img/deep/Logo 1 (b).SVG", "data.json", "run.sh"):
        (folder / BUNDLE / name).write_bytes(name.encode())
    (folder / BUNDLE / ".hidden.html").write_bytes(b"secret")
    (folder / "notes.txt").write_bytes(b"secret")
    (folder / f"{'e' * 64}.png").write_bytes(b"")
    (root / "secret.html").write_bytes(b"secret")
    (folder / f"{OUTSIDE}.png").symlink_to(root / "secret.html")
    (folder / OUTSIDE).symlink_to(root)
    (folder / BUNDLE / "linked.html").symlink_to(root / "secret.html")
    (folder / BUNDLE / "up").symlink_to(root)
    os.mkfifo(folder / f"{'f' * 64}.png")
    return folder


@pytest.fixture(scope="module")
def edge(media: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edge]:
    with running(tmp_path_factory.mktemp("edge"), free_port(), media_dir=str(media)) as edge:
        yield edge


@pytest.mark.parametrize(("ext", "content_type"), TYPES.items())
def test_a_creative_is_shown_for_ever_under_its_exact_type(edge: Edge, ext: str, content_type: str) -> None:
    answer = edge.get(f"/m/{HASH}.{ext}")
    assert (answer.status, answer.body) == (200, PICTURE)
    said = answer.headers
    assert said["content-type"] == content_type
    assert said["content-length"] == str(len(PICTURE))
    assert said["cache-control"] == "public, max-age=31536000, immutable"
    assert said["x-content-type-options"] == "nosniff"
    assert said["cross-origin-resource-policy"] == "cross-origin"
    assert said["accept-ranges"] == "bytes"
    assert "content-security-policy" not in said
    assert answer.cookies == []


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("main.js", "text/javascript; charset=utf-8"),
        ("img/a@2x.png", "image/png"),
        ("img/deep/Logo%201%20(b).SVG", "image/svg+xml"),
        ("data.json", "application/json"),
        ("index.html?clickTag=https%3A%2F%2Fgo.example%2Fc%2Fabc", "text/html; charset=utf-8"),
    ],
)
def test_every_file_of_a_bundle_runs_in_a_sandbox(edge: Edge, name: str, content_type: str) -> None:
    answer = edge.get(f"/m/{BUNDLE}/{name}")
    assert (answer.status, answer.headers["content-type"]) == (200, content_type)
    assert answer.headers["content-security-policy"] == SANDBOX
    assert SANDBOX.startswith(
        "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox; default-src 'self'"
    )
    assert "allow-same-origin" not in SANDBOX
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "path",
    [
        "",
        HASH,
        f"{HASH}.svg",
        f"{HASH}.html",
        f"{HASH}.exe",
        f"{HASH}.building",
        f"{HASH}.PNG",
        f"{HASH.upper()}.png",
        f"{HASH[:-1]}.png",
        f"{'0' * 64}.png",
        f"{'f' * 64}.png",
        "notes.txt",
        BUNDLE,
        f"{BUNDLE}/",
        f"{BUNDLE}/img",
        f"{BUNDLE}/img/",
        f"{BUNDLE}/run.sh",
        f"{BUNDLE}/.hidden.html",
        f"{BUNDLE}/missing.html",
        f"{BUNDLE}//index.html",
        f"{BUNDLE}/./index.html",
        f"{BUNDLE}/img/../index.html",
        f"{BUNDLE}/%2e%2e/{HASH}.png",
        f"{BUNDLE}/..%2f{HASH}.png",
        f"{BUNDLE}/index.html%00.png",
        f"{BUNDLE}/index.html%0a",
        f"{BUNDLE}/index.html/",
        f"{BUNDLE}%5cindex.html",
        f"{BUNDLE}/linked.html",
        f"{BUNDLE}/up/secret.html",
        f"{OUTSIDE}.png",
        f"{OUTSIDE}/secret.html",
        f"../{HASH}.png",
        "..%2f..%2fsecret.html",
        "%2fetc%2fpasswd.png",
        f"{BUNDLE}/{'a/' * 8}index.html",
        f"{BUNDLE}/{'a' * 101}.html",
    ],
)
def test_nothing_else_is_shown(edge: Edge, path: str) -> None:
    answer = edge.get(f"/m/{path}")
    assert (answer.status, answer.json["reason"], answer.json["field"]) == (404, "malformed", "creative")
    assert "creative" in answer.json["sentence"]
    assert b"secret" not in answer.body


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [
        ("bytes=0-1", 0, 2),
        ("bytes=0-", 0, len(PICTURE)),
        ("bytes=100-199", 100, 200),
        ("bytes=102399-", 102_399, 102_400),
        ("bytes=-10", len(PICTURE) - 10, len(PICTURE)),
        ("bytes=-999999999", 0, len(PICTURE)),
        ("bytes=500-999999999", 500, len(PICTURE)),
    ],
)
def test_a_part_is_sent_where_a_part_is_asked_for(edge: Edge, asked: str, first: int, end: int) -> None:
    answer = ranged(edge, asked)
    assert (answer.status, answer.body) == (206, PICTURE[first:end])
    assert answer.headers["content-range"] == f"bytes {first}-{end - 1}/{len(PICTURE)}"
    assert answer.headers["content-length"] == str(end - first)
    assert answer.headers["content-type"] == "video/mp4"


def ranged(edge: Edge, asked: str, **more: str) -> Answer:
    headers: dict[str, Any] = {"range": asked, **more}
    return edge.get(f"/m/{HASH}.mp4", **headers)


@pytest.mark.parametrize("asked", ["bytes=102400-", "bytes=102400-102500", "bytes=-0"])
def test_a_part_that_lies_outside_is_not_satisfiable(edge: Edge, asked: str) -> None:
    answer = ranged(edge, asked)
    assert (answer.status, answer.headers["content-range"]) == (416, f"bytes */{len(PICTURE)}")


@pytest.mark.parametrize("asked", ["bytes=0-1,5-9", "bytes=9-5", "bytes=-", "bytes=a-b", "lines=0-1"])
def test_a_range_that_is_none_gets_the_whole(edge: Edge, asked: str) -> None:
    answer = ranged(edge, asked)
    assert (answer.status, len(answer.body)) == (200, len(PICTURE))


def test_a_part_of_another_content_is_not_mixed_in(edge: Edge) -> None:
    assert ranged(edge, "bytes=0-1", if_range=f'"{HASH}"').status == 206
    assert ranged(edge, "bytes=0-1", if_range='"other"').status == 200


def test_what_a_cache_has_is_not_sent_again(edge: Edge) -> None:
    tag = edge.get(f"/m/{HASH}.png").headers["etag"]
    again = edge.get(f"/m/{HASH}.png", if_none_match=tag)
    assert (again.status, again.body, again.headers["cache-control"]) == (
        304,
        b"",
        edge.get(f"/m/{HASH}.png").headers["cache-control"],
    )


def test_a_look_at_a_creative_tells_its_size(edge: Edge) -> None:
    answer = edge.get(f"/m/{HASH}.webm", method="HEAD")
    assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"", str(len(PICTURE)))
    empty = edge.get(f"/m/{'e' * 64}.png")
    assert (empty.status, empty.body) == (200, b"")
    assert edge.get(f"/m/{HASH}.webm", method="POST").status == 405


def test_without_a_folder_there_are_no_creatives(tmp_path: Path, free_port: int) -> None:
    with running(tmp_path, free_port) as edge:
        assert edge.get(f"/m/{HASH}.png").status == 404


def test_no_type_that_stands_alone_can_hold_a_script() -> None:
    assert not {"html", "htm", "svg", "xml", "js", "xhtml", "pdf"} & set(TYPES)
    assert not {"htm", "xml", "xhtml", "pdf", "swf"} & set(BUNDLE_TYPES)
