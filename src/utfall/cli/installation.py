"""One installation: its settings, read once, and what each process is handed of them."""

import os
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from utfall.edge import EdgeConfig
from utfall.settings import Settings, load

SETTINGS_FILE = Path("utfall.toml")


def settings_of(context: click.Context) -> Settings:
    """The settings of this call: environment over file over defaults, and `--data-dir` over all."""
    root = context.find_root()
    if not isinstance(root.obj, Settings):
        root.obj = _load(root.params.get("config"), root.params.get("data_dir"))
        if root.obj.database:
            from utfall.portal import keep_on_server

            keep_on_server(root.obj.book_path.absolute(), root.obj.database)
    return root.obj


def _load(config: Path | None, data_dir: Path | None) -> Settings:
    if config is None and SETTINGS_FILE.is_file():
        config = SETTINGS_FILE
    settings = load(os.environ, config)
    return replace(settings, data_dir=data_dir) if data_dir is not None else settings


def edge_config(settings: Settings, **changes: Any) -> EdgeConfig:
    """What the edge, and whoever reads rows by its rules, is handed."""
    same = {
        name: getattr(settings, name)
        for name in EdgeConfig.__struct_fields__
        if name in Settings.__struct_fields__ and name not in _PATHS
    }
    paths = {name: str(getattr(settings, name).absolute()) for name in _PATHS}
    return EdgeConfig(
        **{
            **same,
            **paths,
            "port": settings.edge_port,
            "workers": settings.edge_workers,
            "max_body_bytes": settings.max_body_kib << 10,
            "journal_segment_bytes": settings.journal_segment_mib << 20,
            **changes,
        }
    )


_PATHS = ("journal_dir", "snapshots_dir", "keys_dir", "vault_path", "run_dir", "media_dir")
