"""The control plane of an installation: what the portal's processes are handed of the settings."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from utfall.journal.keys import load_or_create_secret
from utfall.settings import Settings

if TYPE_CHECKING:
    from utfall.portal.site import SiteConfig

SECRET: Final = "portal.key"
"""What signs sessions and letters' links; a file like every other key, made once."""


def site_config(settings: Settings) -> "SiteConfig":
    """What the portal is handed."""
    from utfall.portal.site import SiteConfig

    return SiteConfig(
        database_path=_absolute(settings.portal_path),
        book_path=_absolute(settings.book_path),
        journal_dir=_absolute(settings.journal_dir),
        snapshots_dir=_absolute(settings.snapshots_dir),
        keys_dir=_absolute(settings.keys_dir),
        lake_dir=_absolute(settings.lake_dir),
        media_dir=_absolute(settings.media_dir),
        run_dir=_absolute(settings.run_dir),
        server=settings.database,
        secret=load_or_create_secret(settings.keys_dir / SECRET).hex(),
        portal_url=settings.portal_url,
        public_url=settings.public_url,
        mail_url=settings.mail_url,
        mail_from=settings.mail_from,
        demo=settings.demo,
        sign_up=settings.sign_up,
        trusted_proxies=settings.trusted_proxies,
        changes_kept_days=settings.changes_kept_days,
        reachable=settings.reachable_networks,
        rates_url=settings.rates_url,
        bank_file_payments=settings.bank_file_payments,
    )


def _absolute(path: Path) -> str:
    return str(path.absolute())


def configure(settings: Settings) -> None:
    """Make this process one that may use the portal's facades, its tables up to date."""
    from utfall.portal.site import migrate, setup_site

    setup_site(site_config(settings))
    migrate()
