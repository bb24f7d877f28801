"""The portal as a process: its configuration, handed over by the composition root, and its WSGI application.

setup_site(config)
application = get_wsgi_application()
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from msgspec import Struct

from utfall.portal import keep_on_server

VARIABLE: Final = "UTFALL_PORTAL_CONFIG"
"""Where a server's worker finds the configuration, as JSON."""


class SiteConfig(Struct, frozen=True, kw_only=True):
    """What the portal is told of its installation."""

    database_path: str
    book_path: str
    journal_dir: str
    snapshots_dir: str
    keys_dir: str
    lake_dir: str
    media_dir: str
    run_dir: str = ""
    """Where the supervisor says what runs; empty where nobody told."""
    server: str = ""
    """The PostgreSQL database that keeps what these files would; empty: they are files."""
    secret: str
    portal_url: str
    public_url: str
    mail_url: str = ""
    mail_from: str = "utfall@localhost"
    demo: bool = False
    sign_up: bool = True
    trusted_proxies: tuple[str, ...] = ()
    changes_kept_days: int = 400
    """How long the change feed is kept."""
    rates_url: str = ""
    """Where the table of exchange rates is fetched; empty: nowhere."""
    bank_file_payments: int = 10_000
    """How many payments a file for the bank has at most."""
    reachable: tuple[str, ...] = ()
    """Networks that calls to people's addresses may reach though they are not public (`outside`)."""

    @property
    def conversions_path(self) -> str:
        """The projection of the book that people read; it stands beside the book."""
        return str(Path(self.book_path).with_name("conversions.sqlite3"))

    @property
    def rates_path(self) -> Path:
        """The folder of a newer table of exchange rates than the one that comes along."""
        return Path(self.database_path).with_name("rates")

    @property
    def is_secure(self) -> bool:
        """Whether people reach the portal by HTTPS."""
        return self.portal_url.startswith("https:")


def settings_of(config: SiteConfig) -> dict[str, Any]:
    """Django's settings for one installation."""
    from utfall.portal import settings as defaults

    chosen = {name: getattr(defaults, name) for name in dir(defaults) if name.isupper()}
    place = urlsplit(config.portal_url)
    policy = {**defaults.CONTENT_SECURITY_POLICY["DIRECTIVES"]}
    # Creatives are served from the edge, another origin, so that they can do nothing here.
    policy |= {
        "img-src": [*policy["img-src"], config.public_url],
        "media-src": ["'self'", config.public_url],
        "frame-src": ["'self'", config.public_url],
    }
    return {
        **chosen,
        "SITE": config,
        "SECRET_KEY": config.secret,
        "DATABASES": defaults.databases(
            Path(config.database_path), Path(config.conversions_path), Path(config.book_path), config.server
        ),
        "ALLOWED_HOSTS": [place.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"],
        "CSRF_TRUSTED_ORIGINS": [f"{place.scheme}://{place.netloc}"],
        "CONTENT_SECURITY_POLICY": {"DIRECTIVES": policy},
        "SESSION_COOKIE_SECURE": config.is_secure,
        "CSRF_COOKIE_SECURE": config.is_secure,
        "LANGUAGE_COOKIE_SECURE": config.is_secure,
        "SECURE_HSTS_SECONDS": 31_536_000 if config.is_secure else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": config.is_secure,
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": place.scheme,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not config.is_secure,
        "EMAIL_BACKEND": "utfall.portal.post.sending.Outbox",
        "DEFAULT_FROM_EMAIL": config.mail_from,
    }


def setup_site(config: SiteConfig) -> None:
    """Configure Django for a process of the portal; a second call changes nothing."""
    import django
    from django.conf import settings

    if settings.configured:
        return
    if config.server:
        keep_on_server(Path(config.book_path), config.server)
    settings.configure(**settings_of(config))
    with staying():
        django.setup()


@contextmanager
def staying() -> Iterator[None]:
    """Whatever is loaded within stays until the process ends: nobody looks through it for garbage.

    All of the portal is a quarter of a million objects, which a request would wait for now and then.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def site() -> SiteConfig:
    """The configuration of this process's portal."""
    from django.conf import settings

    found: SiteConfig = settings.SITE
    return found


def migrate() -> None:
    """Bring the portal's tables up to date, and those of the projection; one process at a time."""
    from utfall.portal.databases import CONVERSIONS

    _migrate(Path(site().database_path), database="default")
    _migrate(Path(site().conversions_path), CONVERSIONS, database=CONVERSIONS)


def _migrate(path: Path, *apps: str, database: str) -> None:
    from django.core.management import call_command

    from utfall.journal.durable import held, make_directory
    from utfall.portal.databases import is_current, make_room

    make_directory(path.parent)
    with held(path.with_name(f".{path.name}.lock")):
        make_room(database)
        if is_current(database, *apps):
            return
        call_command("migrate", *apps, database=database, verbosity=0)
