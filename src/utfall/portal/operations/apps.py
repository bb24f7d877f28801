"""The app's name among Django's."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """What the operator does every morning."""

    name = "utfall.portal.operations"
    label = "operations"

    def ready(self) -> None:
        """Say how a session becomes a seat, and what tenants are allowed."""
        from utfall.portal.access.allowances import allowances_by
        from utfall.portal.access.onlooking import seat_by
        from utfall.portal.operations import facade

        seat_by(facade.seat)
        allowances_by(facade.own_allowances)
