"""settings.md, from the table of settings."""

from msgspec import inspect

from tools.reference.markdown import code, prose, table, type_words
from utfall.settings import SETTINGS, Setting

INTRODUCTION = """
Each setting is read from the environment (`UTFALL_` and the name in capitals; a list is written with commas
between), else from `utfall.toml`, else it has its default. An unknown name, or a value of the wrong type or
out of bounds, stops the start with the setting's name and where the value came from.
"""


def page() -> list[str]:
    rows = [row(setting) for setting in SETTINGS.values()]
    return ["# Settings", prose(INTRODUCTION), table(("setting", "type", "default", "what it does"), rows)]


def row(setting: Setting) -> tuple[str, str, str, str]:
    default = ",".join(setting.default) if isinstance(setting.default, tuple) else setting.default
    words = "none" if default == "" else code(default)
    return code(setting.name), type_words(inspect.type_info(setting.type)), words, setting.help
