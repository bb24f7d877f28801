"""Tables of views that people keep, and which of them opens first for whom."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from utfall.portal.access import Owners, Records


class SavedView(models.Model):
    """A view somebody keeps: for themselves, or shared within the organisation."""

    organisation = models.BigIntegerField(db_index=True)
    user = models.BigIntegerField(null=True)
    by = models.CharField(max_length=260)
    name = models.CharField(max_length=80)
    shared = models.BooleanField(default=False)
    query = models.CharField(max_length=600)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    owners = Owners(organisation="organisation")
    objects = Records["SavedView"]()


class FirstView(models.Model):
    """The view that opens first for one person in one organisation."""

    organisation = models.BigIntegerField()
    user = models.BigIntegerField()
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="first_for")

    owners = Owners(organisation="organisation")
    objects = Records["FirstView"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("organisation", "user"), name="one_first_view_each")
        ]
