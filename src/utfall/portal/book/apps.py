"""The app as Django knows it."""

from django.apps import AppConfig


class BookConfig(AppConfig):
    """The book."""

    name = "utfall.portal.book"
    label = "book"
    default_auto_field = "django.db.models.BigAutoField"
