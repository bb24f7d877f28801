"""The portal: a Django project, one app per noun, each behind a facade.

    setup(path)                      # once per process that only keeps the book
    site.setup_site(config)          # once per process of the portal itself
    book = facade.open_book(path)    # every other meeting with the book

It promises that Django is configured by an argument, never by the environment, and that nobody outside an app
sees a model: facades take and return frozen values. The book has a file of its own, and so has everything
else; a process that settles loads nothing of the portal's pages. Where the files are schemas of a PostgreSQL
database, the composition root says so first: `keep_on_server(path, url)`.
"""

from pathlib import Path

_servers: dict[str, str] = {}


def keep_on_server(book_path: Path, url: str) -> None:
    """From now on, in this process, the book of a path is a schema of a PostgreSQL database, not a file."""
    _servers[str(book_path)] = url


def server_of(book_path: Path) -> str:
    """The URL of the database that keeps the book of a path; empty where it is a file."""
    return _servers.get(str(book_path), "")


def setup(book_path: Path) -> None:
    """Configure Django for a process whose default database is this book; a second call changes nothing."""
    import django
    from django.conf import settings

    if settings.configured:
        return
    from utfall.portal import settings as chosen

    settings.configure(
        INSTALLED_APPS=chosen.BOOK_APPS,
        DATABASES={"default": chosen.book_database(book_path, server_of(book_path))},
        DATABASE_ROUTERS=chosen.DATABASE_ROUTERS,
        DEFAULT_AUTO_FIELD=chosen.DEFAULT_AUTO_FIELD,
        USE_TZ=chosen.USE_TZ,
        TIME_ZONE=chosen.TIME_ZONE,
        USE_I18N=False,
    )
    django.setup()
