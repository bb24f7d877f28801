"""What the edge needs to know, handed over by the composition root as one JSON text in one variable."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

VARIABLE: Final = "UTFALL_EDGE_CONFIG"
VISITOR_SECRET: Final = "visitor"
"""File under `keys_dir` with the secret that visitor ids are hashed with."""
SALTS: Final = "salts"
"""Folder under `keys_dir` with the daily salts of addresses."""

LOOPBACK: Final = ("127.0.0.0/8", "::1/128")
Positive = Annotated[int, Meta(ge=1)]


class EdgeConfig(Struct, frozen=True, kw_only=True):
    """Where everything is, and every limit. Paths are texts, so that the whole is plain JSON."""

    journal_dir: str
    snapshots_dir: str
    keys_dir: str
    vault_path: str
    run_dir: str
    media_dir: str = ""
    """Folder of the creatives; where there is none, none are shown."""
    host: str = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65_535)] = 8700
    workers: Annotated[int, Meta(ge=1, le=64)] = 1
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    shutdown_grace_s: Positive = 10
    public_url: str = "http://127.0.0.1:8700"
    trusted_proxies: tuple[str, ...] = ()
    country_header: str = ""
    metrics_from: tuple[str, ...] = LOOPBACK
    consent_default: Literal["deny", "grant"] = "deny"
    cookie_name: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,40}$")] = "utfall"
    cookie_days: Annotated[int, Meta(ge=1, le=400)] = 90
    max_url_bytes: Positive = 4096
    max_body_bytes: Positive = 1 << 20
    max_batch_events: Annotated[int, Meta(ge=1, le=1000)] = 1000
    max_batches_waiting: Positive = 64
    body_timeout_ms: Positive = 10_000
    refusals_kept_per_second: Positive = 100
    snapshot_poll_ms: Positive = 1000
    journal_queue_limit: Positive = 50_000
    journal_segment_bytes: Positive = 256 << 20
    added_sync_delay_ms: Annotated[int, Meta(ge=0)] = 0

    @property
    def is_secure(self) -> bool:
        """Whether visitors reach the edge over https, so that the cookie may say so."""
        return self.public_url.startswith("https://")

    @property
    def keys(self) -> Path:
        """The folder of master secrets."""
        return Path(self.keys_dir)


def to_text(config: EdgeConfig) -> str:
    """The configuration as it travels to the workers."""
    return msgspec.json.encode(config).decode()


def from_environment(environment: Mapping[str, str] = os.environ) -> EdgeConfig:
    """The configuration a worker was started with; msgspec.ValidationError names what is wrong with it."""
    return msgspec.json.decode(environment[VARIABLE], type=EdgeConfig)
