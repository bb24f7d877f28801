"""HTML5 creatives: what is good is kept as it is, what is not is refused before it is unpacked."""

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from tests.portal.creatives.files import GOOD, INDEX, image, packed
from utfall.edge.media import creative_named
from utfall.portal.access import Refused
from utfall.portal.creatives.bundles import NAME, bundle


def code_of(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        bundle(data)
    return refused.value.problems[0].code


def with_file(name: str, content: bytes = b"text") -> bytes:
    return packed({**GOOD, name: content})


def test_a_good_zip_is_its_files_and_its_size() -> None:
    found = bundle(packed(GOOD | {"img/a b.png": image()}))
    assert (found.width, found.height, found.extension) == (300, 250, "html")
    assert found.content == GOOD | {"img/a b.png": image()}


def test_the_folder_around_everything_is_taken_off_and_litter_left_out() -> None:
    files = {f"banner/{name}": content for name, content in GOOD.items()}
    litter = {"__MACOSX/banner/._index.html": b"\0", "banner/.DS_Store": b"\0", "banner/Thumbs.db": b"\0"}
    assert bundle(packed(files | litter)).content == GOOD


def test_a_size_that_the_files_do_not_say_is_asked_for() -> None:
    silent = packed({**GOOD, "index.html": b"<a id=click>Buy</a>"})
    assert code_of(silent) == "size_missing"
    assert bundle(silent, width=970, height=250).width == 970


@pytest.mark.parametrize(
    "name",
    [
        *("../evil.js", "a/../../evil.js", "/etc/evil.js", "C:\\evil.js", "..\\evil.js", "a//b.js"),
        *("%2e%2e/evil.js", ".htaccess.js", "a\nb.js", "é.js", "x" * 120 + ".js", "a/b/c/d/e/f/g/h.js"),
    ],
)
def test_a_name_that_could_lead_elsewhere_is_refused(name: str) -> None:
    assert code_of(with_file(name)) == "zip_name_unfit"


@pytest.mark.parametrize("name", ["run.php", "run.exe", "page.xhtml", "inner.zip", "font.ttf", "a.wasm"])
def test_a_type_that_is_not_shown_is_refused(name: str) -> None:
    assert code_of(with_file(name)) == "zip_type_unfit"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", b"<script>alert(1)</script>"),
        ("a.jpg", b"<svg onload=alert(1)>"),
        ("a.woff2", b"MZ\x90"),
        ("a.json", b"{not json"),
        ("a.css", b"a\0b"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name: str, content: bytes) -> None:
    assert code_of(with_file(name, content)) == "zip_content_unfit"


def test_text_in_another_encoding_is_refused() -> None:
    assert code_of(with_file("a.css", "å".encode("latin-1"))) == "zip_text_unreadable"


def test_a_link_in_the_zip_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in GOOD.items():
            archive.writestr(name, content)
        entry = zipfile.ZipInfo("passwd.txt")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    assert code_of(out.getvalue()) == "zip_link"


def test_a_zip_bomb_is_refused_whatever_it_claims() -> None:
    honest = with_file("a.txt", b" " * (20 << 20))
    assert code_of(honest) == "zip_too_large_unpacked"
    # The same with a lie about its size in the directory and before the file.
    lying = honest.replace(struct.pack("<I", 20 << 20), struct.pack("<I", 1000))
    assert code_of(lying) in {"zip_too_large_unpacked", "zip_broken"}
    many = packed({**GOOD, **{f"{place}.txt": bytes([32]) * (60 << 10) for place in range(600)}})
    assert code_of(many) == "zip_too_many_files"
    assert code_of(bytes(11 << 20)) == "file_too_large"


def test_a_zip_without_its_parts_is_refused() -> None:
    assert code_of(packed({"main.js": GOOD["main.js"]})) == "zip_without_index"
    assert code_of(packed({"index.html": INDEX.replace(b"main.js", b"other.js")})) == "click_tag_missing"
    assert code_of(packed(GOOD | {"STYLE.css": b"a {}"})) == "zip_name_twice"
    assert code_of(packed(GOOD)[:200]) == "zip_broken"
    assert code_of(b"PK\x03\x04" + b"x" * 300) == "zip_broken"


def test_a_zip_behind_a_password_is_refused() -> None:
    data = bytearray(packed(GOOD))
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 1)
    assert code_of(bytes(data)) == "zip_broken"


def test_every_name_that_is_stored_is_served() -> None:
    for name in ("index.html", "img/a b (1).png", "a/b/c/d/e/f/g.js", "x~1/_y.css", "@2x.webp"):
        assert NAME.fullmatch(name)
        assert creative_named(Path(), f"{'0' * 64}/{name}") is not None
