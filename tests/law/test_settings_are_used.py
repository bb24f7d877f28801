"""A setting that nobody reads is a promise that nobody keeps."""

import ast

from tests.law.tree import modules
from utfall.edge import EdgeConfig
from utfall.settings import SETTINGS


def test_every_setting_is_read_by_the_composition_root() -> None:
    read = {
        node.attr
        for module in modules()
        if module.package in {"cli", "settings"}
        for node in module.nodes
        if isinstance(node, ast.Attribute)
    }
    # The edge is handed every setting that its configuration has by the same name.
    assert sorted(SETTINGS.keys() - read - set(EdgeConfig.__struct_fields__)) == []
