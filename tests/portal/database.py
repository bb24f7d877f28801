"""The portal's installation in tests: made once, kept as a folder, and put back for every test.

fresh()                   # the tables, empty
tenants = fresh_market()  # two whole tenants (tests/portal/market.py)

What a test left is gone with the next that begins: tables, book, journal, lake, keys and files alike. So no
test reads what another has written, in whatever order they run.
"""

import pickle
import shutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.core.cache import cache as stored
from django.db import connections

from tests.once import once
from tests.portal.market import TwoTenants, build
from tests.postgres import begin_with, name_of, named
from utfall.portal import site

FILES: Final = ("default", "conversions")
"""The portal's databases; a book is opened where a test wants one."""
TOLD: Final = "told.pickle"
"""Beside a kept installation: what is known about what it holds."""
HOLDERS: Final = {"utfall.portal.validation.writing": "close", "utfall.portal.reports.desk": "forget_lakes"}
"""What keeps files of the installation open in a process once it has used them, and how it lets go."""
PASSING: Final = shutil.ignore_patterns("*-shm", "*.lock", TOLD)
"""What is no part of an installation at rest."""


def fresh() -> None:
    """Begin with tables that hold nothing, whatever was written since."""
    put_back("empty", site.migrate)


def fresh_market() -> TwoTenants:
    """Begin with two tenants who know nothing of each other."""
    tenants: TwoTenants = put_back("market", _market)
    return tenants


def _market() -> TwoTenants:
    fresh()
    return build()


def put_back(name: str, make: Callable[[], Any]) -> Any:
    """Begin with an installation as `make` left it, once in a run of tests; what `make` returned."""
    kept, told = _kept(name, make)
    _clear(like=name)
    shutil.copytree(kept, _folder(), dirs_exist_ok=True, ignore=PASSING, copy_function=shutil.copyfile)
    return told


def begin_in(folder: Path) -> None:
    """Give an installation of processes its tables, empty: each of them would find the same to make."""
    kept, _ = _kept("empty", site.migrate)
    folder.mkdir(parents=True, exist_ok=True)
    for one in kept.glob("*.sqlite3"):
        shutil.copyfile(one, folder / one.name)


def leave() -> None:
    """Close this thread's connections."""
    for alias in FILES:
        connections[alias].close()


@cache
def _kept(name: str, make: Callable[[], Any]) -> tuple[Path, Any]:
    def fill(folder: Path) -> None:
        _clear()
        told = make()
        _rest()
        if server := site.site().server:
            begin_with(named(server, _kept_as(server, name)), name_of(server))
        shutil.copytree(_folder(), folder, dirs_exist_ok=True, ignore=PASSING)
        (folder / TOLD).write_bytes(pickle.dumps(told))

    kept = once(name, fill)
    return kept, pickle.loads((kept / TOLD).read_bytes())


def _folder() -> Path:
    """The folder of the installation under test, wherever a single test has its book and journal."""
    return Path(connections.settings["default"]["STANDS_FOR"]).parent


def _kept_as(server: str, name: str) -> str:
    """The database in which a kept installation is, beside those of the processes of this run."""
    return f"{name_of(server).rpartition('_')[0]}_{name}"


def _clear(like: str = "") -> None:
    """Nothing is there any more, and nobody here remembers anything of it; on a server, what was kept is."""
    _rest()
    if server := site.site().server:
        begin_with(server, _kept_as(server, like) if like else "template1")
    for one in _folder().iterdir():
        if one.is_dir():
            shutil.rmtree(one)
        else:
            one.unlink()
    stored.clear()


def _rest() -> None:
    """Let go of every file of the installation; a database that is closed is whole in one."""
    for module, let_go in HOLDERS.items():
        if module in sys.modules:
            getattr(sys.modules[module], let_go)()
    for alias, settings in connections.settings.items():
        if Path(settings["STANDS_FOR"]).is_relative_to(_folder()):
            connections[alias].close()
