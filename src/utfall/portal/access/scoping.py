"""The one place where a query is narrowed to what its caller may see.

    class Program(models.Model):
        owners = Owners(advertiser="advertiser", shared=Q(visibility="public"))
        objects = Records["Program"]()

    Program.objects.of(caller)        # the caller's own
    Program.objects.seen_by(caller)   # and what is shared with everybody who is signed in

The manager has no other way to rows than these and `system`, which is for work that has no caller (sealing,
tasks, signing in). `tests/law/test_scoping.py` lists who may call it.
"""

from typing import Any, Generic, NamedTuple, TypeVar, cast

from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.manager import BaseManager

from utfall.portal.access.caller import Caller
from utfall.portal.access.errors import NotFound

Row = TypeVar("Row", bound=models.Model)


class Owners(NamedTuple):
    """Lookup paths from a row to those it belongs to, and which rows everybody may see.

    `advertiser` and `publisher` lead to numbers of the sealed terms, `organisation` to an organisation's key.
    """

    advertiser: str = ""
    publisher: str = ""
    organisation: str = ""
    shared: Q | None = None

    def within(self, caller: Caller) -> Q:
        """The condition under which a row is the caller's own."""
        paths = (
            (self.advertiser, caller.advertisers),
            (self.publisher, caller.publishers),
            (self.organisation, frozenset({caller.organisation})),
        )
        own = Q(pk__in=[])
        for path, numbers in paths:
            if path and numbers:
                own |= Q(**{f"{path}__in": numbers})
        return own


class Records(BaseManager[Row], Generic[Row]):
    """The manager of every model that belongs to somebody."""

    _queryset_class = QuerySet

    def of(self, caller: Caller) -> QuerySet[Row]:
        """The rows that are the caller's own; everybody's for operators and auditors."""
        rows = self.get_queryset()
        return rows if caller.sees_all else rows.filter(self._owners().within(caller))

    def seen_by(self, caller: Caller) -> QuerySet[Row]:
        """The caller's own rows and those shared with everybody."""
        shared = self._owners().shared
        if caller.sees_all or shared is None:
            return self.of(caller)
        return self.get_queryset().filter(self._owners().within(caller) | shared)

    def one(self, caller: Caller, **wanted: Any) -> Row:
        """The caller's own row, or NotFound."""
        found = self.of(caller).filter(**wanted).first()
        if found is None:
            raise NotFound
        return found

    def system(self) -> QuerySet[Row]:
        """All rows, for work without a caller."""
        return self.get_queryset()

    def _owners(self) -> Owners:
        return cast(Owners, self.model.owners)  # type: ignore[attr-defined]
