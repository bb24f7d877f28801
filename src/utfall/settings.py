"""Every setting once: name, type, default and help. `Settings` is the table; all else is derived from it.

A value comes from the environment (`UTFALL_EDGE_PORT=8700`), else from a TOML file (`edge_port = 8700`),
else it is the default. What is unknown, wrongly typed or out of bounds is refused with its name and where it
came from. Only the composition root reads settings; everybody below receives the values it needs.
"""

import difflib
import ipaddress
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

PREFIX: Final = "UTFALL_"


class SettingError(ValueError):
    """A setting that cannot be used: which one, where it came from, and what is wrong with it."""

    def __init__(self, name: str, source: str, problem: str) -> None:
        super().__init__(f"{name} ({source}): {problem}")
        self.name = name
        self.source = source
        self.problem = problem


Port = Annotated[int, Meta(ge=0, le=65535)]
Seconds = Annotated[int, Meta(ge=1, le=31_536_000)]
Milliseconds = Annotated[int, Meta(ge=1, le=3_600_000)]
Count = Annotated[int, Meta(ge=1, le=100_000_000)]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All settings of one installation, validated."""

    data_dir: Annotated[
        Path, Meta(description="Folder of everything Utfall stores; a relative path starts where it is run.")
    ] = Path("var")
    database: Annotated[
        str,
        Meta(
            description="PostgreSQL database that keeps book, list of orders and the portal's tables, "
            "`postgresql://user:password@host/name`; empty keeps them in files of the data folder.",
            pattern=r"^(postgres(ql)?://\S+)?$",
        ),
    ] = ""
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"],
        Meta(description="The least serious message that is logged."),
    ] = "info"
    shutdown_grace_s: Annotated[
        Seconds, Meta(description="How long a process may finish its work on shutdown before it is killed.")
    ] = 10
    check_interval_s: Annotated[
        Seconds, Meta(description="How often the invariants are checked while everything runs.")
    ] = 3600

    host: Annotated[
        str,
        Meta(
            description="Address that edge and portal listen on; keep it local behind a proxy.", min_length=1
        ),
    ] = "127.0.0.1"
    edge_port: Annotated[Port, Meta(description="Port of the edge; 0 takes a free one.")] = 8700
    edge_workers: Annotated[
        int, Meta(description="Edge processes, one per core that may serve clicks.", ge=1, le=64)
    ] = 1
    public_url: Annotated[
        str,
        Meta(
            description="Where visitors reach the edge; tracking links begin with it. No slash at the end.",
            pattern=r"^https?://[^/?#]+$",
        ),
    ] = "http://127.0.0.1:8700"
    trusted_proxies: Annotated[
        tuple[str, ...],
        Meta(description="Networks (CIDR) whose `X-Forwarded-…` headers are believed."),
    ] = ()
    country_header: Annotated[
        str, Meta(description="Header in which a trusted proxy names the visitor's country; empty for none.")
    ] = ""
    reachable_networks: Annotated[
        tuple[str, ...],
        Meta(
            description="Networks (CIDR) that calls to people's addresses (link checks, feeds) may reach "
            "though they are not public; all others of that kind are refused."
        ),
    ] = ()
    metrics_from: Annotated[
        tuple[str, ...],
        Meta(description="Networks (CIDR) that may read `/metrics`; for all others there is no such page."),
    ] = ("127.0.0.0/8", "::1/128")
    consent_default: Annotated[
        Literal["deny", "grant"],
        Meta(description="What a missing consent signal means: with `deny`, no cookie and no identity."),
    ] = "deny"
    cookie_name: Annotated[
        str, Meta(description="Name of the first-party cookie.", pattern=r"^[A-Za-z0-9_-]{1,40}$")
    ] = "utfall"
    cookie_days: Annotated[int, Meta(description="How long the cookie lives.", ge=1, le=400)] = 90

    portal_port: Annotated[Port, Meta(description="Port of the portal.")] = 8600
    portal_url: Annotated[
        str,
        Meta(
            description="Where people reach the portal; links in letters begin with it. No slash at the end.",
            pattern=r"^https?://[^/?#]+$",
        ),
    ] = "http://127.0.0.1:8600"
    api_key: Annotated[
        str,
        Meta(description="Key with which `utfall mcp` asks the portal; keep it in the environment."),
    ] = ""
    portal_threads: Annotated[
        int, Meta(description="How many pages the portal makes at once.", ge=1, le=64)
    ] = 4
    sign_up: Annotated[
        bool, Meta(description="Whether advertisers and publishers may sign up by themselves.")
    ] = True
    demo: Annotated[
        bool,
        Meta(description="Whether one click signs in as each role of the demo; never where money is real."),
    ] = False
    demo_shop_port: Annotated[Port, Meta(description="Port of the shop of `utfall demo`.")] = 8500
    demo_shop_name: Annotated[
        str,
        Meta(
            description="Name under which browsers find the shop of `utfall demo`. Safari knows no name that "
            "ends in `.localhost`: `127.0.0.1` does; the shop then shares its cookies with the portal.",
            pattern=r"^[a-z0-9.-]+$",
            max_length=253,
        ),
    ] = "fjallbutiken.localhost"
    mail_url: Annotated[
        str,
        Meta(
            description="Server that takes letters, `smtp://user:password@host:587`, `smtps` for TLS from "
            "the first byte; empty keeps them in the portal's mailbox.",
            pattern=r"^(smtps?://\S+)?$",
        ),
    ] = ""
    mail_from: Annotated[
        str, Meta(description="Sender of letters.", pattern=r"^[^\s@]+@[^\s@]+$", max_length=254)
    ] = "utfall@localhost"

    max_url_bytes: Annotated[
        int, Meta(description="Longest path and query that is read.", ge=256, le=65_536)
    ] = 4096
    max_body_kib: Annotated[int, Meta(description="Largest request body that is read.", ge=1, le=65_536)] = (
        1024
    )
    max_batch_events: Annotated[
        int, Meta(description="Most rows in one call of `POST /v1/events`.", ge=1, le=1000)
    ] = 1000
    max_batches_waiting: Annotated[
        int,
        Meta(
            description="Batches that may wait to be read, a quarter of them from one sender, and as many "
            "single orders; beyond it callers are told `unavailable`.",
            ge=1,
            le=10_000,
        ),
    ] = 64
    body_timeout_ms: Annotated[
        Milliseconds, Meta(description="How long a sender may take to deliver a request body.")
    ] = 10_000
    refusals_kept_per_second: Annotated[
        Count,
        Meta(description="Refusals written to the journal each second; beyond it they are only counted."),
    ] = 100
    future_tolerance_s: Annotated[
        Seconds,
        Meta(description="How far a sender's clock may run ahead before its event is `from_the_future`."),
    ] = 300
    click_repeat_window_s: Annotated[
        Seconds,
        Meta(description="A second click of one identity on one link within this time is `repeated_click`."),
    ] = 3600
    address_clicks_per_minute: Annotated[
        Count, Meta(description="More clicks than this from one address in a minute are `address_too_fast`.")
    ] = 60
    link_clicks_per_minute: Annotated[
        Count, Meta(description="More clicks than this on one link in a minute are `link_too_fast`.")
    ] = 6000

    journal_segment_mib: Annotated[
        int,
        Meta(description="Size at which a journal segment is closed and the next begun.", ge=1, le=16_384),
    ] = 256
    journal_queue_limit: Annotated[
        Count, Meta(description="Events that may wait for the journal before callers are told `unavailable`.")
    ] = 50_000
    snapshot_poll_ms: Annotated[
        Milliseconds, Meta(description="How often a process looks for a newer snapshot of the terms.")
    ] = 1000

    settle_batch_events: Annotated[
        int, Meta(description="Most events settled in one transaction.", ge=1, le=1_000_000)
    ] = 20_000
    settle_interval_ms: Annotated[
        Milliseconds, Meta(description="How long the settler rests when the journal holds nothing new.")
    ] = 200
    lake_interval_ms: Annotated[
        Milliseconds, Meta(description="How often decisions and events are written to the lake.")
    ] = 1000
    lake_compact_after_s: Annotated[
        Seconds, Meta(description="Age at which small files of the lake are merged.")
    ] = 3600

    follow_interval_ms: Annotated[
        Milliseconds,
        Meta(description="How often the list of orders that people read looks for what was settled."),
    ] = 200
    changes_kept_days: Annotated[
        int, Meta(description="How long the change feed of the API is kept.", ge=1, le=3660)
    ] = 400

    rates_url: Annotated[
        str,
        Meta(
            description="Where the European Central Bank's table of rates is fetched every four hours, "
            "`https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip`; empty fetches nothing.",
            pattern=r"^(https?://\S+)?$",
        ),
    ] = ""
    bank_file_payments: Annotated[
        int,
        Meta(
            description="Most payments in one file for the bank; a batch with more becomes several files.",
            ge=1,
            le=100_000,
        ),
    ] = 10_000

    deliver_lanes: Annotated[
        int,
        Meta(description="How many webhooks and postbacks may be under way at once, to all.", ge=1, le=512),
    ] = 64
    deliver_first_retry_ms: Annotated[
        Milliseconds,
        Meta(description="Pause before a failed delivery is first tried again; later pauses are multiples."),
    ] = 10_000

    @property
    def journal_dir(self) -> Path:
        """One folder per stream."""
        return self.data_dir / "journal"

    @property
    def book_path(self) -> Path:
        return self.data_dir / "book.sqlite3"

    @property
    def portal_path(self) -> Path:
        """People, programs, partners, links: what is set up in the portal."""
        return self.data_dir / "portal.sqlite3"

    @property
    def vault_path(self) -> Path:
        """Keys per person; outside the journal, so that erasing a key leaves the journal whole."""
        return self.data_dir / "vault.sqlite3"

    @property
    def lake_dir(self) -> Path:
        return self.data_dir / "lake"

    @property
    def keys_dir(self) -> Path:
        return self.data_dir / "keys"

    @property
    def snapshots_dir(self) -> Path:
        return self.data_dir / "snapshots"

    @property
    def media_dir(self) -> Path:
        """Creatives by the hash of their content: written by the portal, shown by the edge."""
        return self.data_dir / "media"

    @property
    def run_dir(self) -> Path:
        """Process ids, sockets and the supervisor's state; empty when nothing runs."""
        return self.data_dir / "run"


class Setting(msgspec.Struct, frozen=True):
    """One row of the table: what the reference documents and `load` validates."""

    name: str
    type: Any
    default: Any
    help: str

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()


def _table() -> dict[str, Setting]:
    fields = msgspec.structs.fields(Settings)
    return {field.name: Setting(field.name, field.type, field.default, _help(field.type)) for field in fields}


def _help(annotated: Any) -> str:
    return next(str(meta.description) for meta in annotated.__metadata__ if meta.description)


SETTINGS: Final = _table()


def load(env: Mapping[str, str], toml_path: Path | None = None) -> Settings:
    """Settings from `env`, over those of the file, over the defaults; SettingError names what is wrong."""
    values = _from_toml(toml_path) if toml_path else {}
    return Settings(**{**values, **_from_environment(env)})


def _from_environment(env: Mapping[str, str]) -> dict[str, Any]:
    values = {}
    for variable in sorted(key for key in env if key.startswith(PREFIX)):
        setting = _known(variable, {each.variable: each for each in SETTINGS.values()}, "environment")
        values[setting.name] = _converted(
            setting, _split(setting, env[variable]), f"environment {variable}", strict=False
        )
    return values


def _from_toml(path: Path) -> dict[str, Any]:
    source = str(path)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingError("settings", source, f"cannot be read: {error}") from error
    return {
        key: _converted(_known(key, SETTINGS, source), value, source, strict=True)
        for key, value in table.items()
    }


def _known(name: str, names: Mapping[str, Setting], source: str) -> Setting:
    if name in names:
        return names[name]
    close = difflib.get_close_matches(name, names, n=1)
    raise SettingError(name, source, "unknown setting" + (f"; did you mean {close[0]}?" if close else ""))


def _split(setting: Setting, text: str) -> str | list[str]:
    """A list is written with commas in the environment; all else is converted from its text."""
    if not isinstance(setting.default, tuple):
        return text
    return [part.strip() for part in text.split(",") if part.strip()]


def _converted(setting: Setting, value: object, source: str, *, strict: bool) -> Any:
    try:
        converted = msgspec.convert(value, setting.type, strict=strict, dec_hook=_path)
        if setting.name in ("trusted_proxies", "metrics_from", "reachable_networks"):
            for network in converted:
                ipaddress.ip_network(network)
    except (msgspec.ValidationError, ValueError) as error:
        raise SettingError(setting.name, source, f"{error}; got {value!r}") from error
    return converted


def _path(kind: type, value: object) -> Path:
    if kind is not Path or not isinstance(value, str) or not value:
        raise ValueError("Expected the path of a folder")
    return Path(value)
