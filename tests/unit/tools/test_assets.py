"""The browser's files are pinned by their hashes and name no host; every icon in use is found."""

import json
from pathlib import Path

from tools.assets.npm import LOCK
from tools.assets.served import FILES, LICENCES, VENDOR
from tools.assets.sprite import in_file, names

MODULE = """
ICONS = {"click": "pointer", "order": "shopping-cart"}
menu = Menu("Programs", "target", 10)
entry = {"icon": "users" if many else "user", "words": "not-an-icon"}

def icon_of(kind: str, icon: str = "point") -> str:
    return "circle"
"""


def test_every_package_is_locked_by_its_hash_and_no_host_is_named() -> None:
    text = LOCK.read_text(encoding="utf-8")
    packages = {name: each for name, each in json.loads(text)["packages"].items() if name}
    assert [name for name, each in packages.items() if not each["integrity"].startswith("sha512-")] == []
    assert "://" not in text


def test_what_is_served_is_there_with_its_licences() -> None:
    assert sorted(path.name for path in VENDOR.iterdir() if path.is_file()) == sorted({*FILES, "icons.svg"})
    assert {path.name for path in (VENDOR / "licences").iterdir()} == set(LICENCES)


def test_the_sprite_has_every_icon_in_use() -> None:
    sprite = (VENDOR / "icons.svg").read_text(encoding="utf-8")
    missing = {name: places for name, places in names().items() if f'<symbol id="{name}"' not in sprite}
    assert missing == {}, "run `make install`"


def test_icons_are_found_wherever_they_are_named(tmp_path: Path) -> None:
    module, template = tmp_path / "pages.py", tmp_path / "page.html"
    module.write_text(MODULE, encoding="utf-8")
    template.write_text(
        '{% icon "home" %} {% include "part.html" with icon="plus" %} {% icon name %}', "utf-8"
    )
    found = {"pointer", "shopping-cart", "target", "users", "user", "point", "circle"}
    assert set(in_file(module)) == found
    assert set(in_file(template)) == {"home", "plus"}
