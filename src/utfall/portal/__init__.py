"""The portal: a Django project, one app per noun, each behind a facade. So far it has one app, the book.

    setup(path)                      # once per process, by the composition root
    book = facade.open_book(path)    # every other meeting with the book

It promises that Django is configured by an argument, never by the environment, and that nobody outside an app
sees a model: facades take and return frozen values. It refuses to be set up twice for two different books.
"""

from pathlib import Path

from utfall.portal import settings as defaults


def setup(book_path: Path) -> None:
    """Configure Django for a process whose default database is this book; a second call changes nothing."""
    import django
    from django.conf import settings

    if settings.configured:
        return
    chosen = {name: getattr(defaults, name) for name in dir(defaults) if name.isupper()}
    settings.configure(**{**chosen, "DATABASES": {"default": defaults.database(book_path)}})
    django.setup()
