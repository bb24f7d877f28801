"""The portal: a Django project, one app per noun, each behind a facade.

    setup(path)                      # once per process that only keeps the book
    site.setup_site(config)          # once per process of the portal itself
    book = facade.open_book(path)    # every other meeting with the book

It promises that Django is configured by an argument, never by the environment, and that nobody outside an app
sees a model: facades take and return frozen values. The book has a file of its own, and so has everything
else; a process that settles loads nothing of the portal's pages.
"""

from pathlib import Path


def setup(book_path: Path) -> None:
    """Configure Django for a process whose default database is this book; a second call changes nothing."""
    import django
    from django.conf import settings

    if settings.configured:
        return
    from utfall.portal import settings as chosen

    settings.configure(
        INSTALLED_APPS=chosen.BOOK_APPS,
        DATABASES={"default": chosen.database(book_path)},
        DATABASE_ROUTERS=chosen.DATABASE_ROUTERS,
        DEFAULT_AUTO_FIELD=chosen.DEFAULT_AUTO_FIELD,
        USE_TZ=chosen.USE_TZ,
        TIME_ZONE=chosen.TIME_ZONE,
        USE_I18N=False,
    )
    django.setup()
