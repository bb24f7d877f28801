"""Tables of impersonations, announcements, allowances, and the last hour of every queue."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from utfall.portal.access import Owners, Records


class Impersonation(models.Model):
    """An operator's person looks at a tenant's portal, as somebody with a role there would see it.

    It is of the tenant, which may read that it happened; `session` is the browser it is bound to.
    """

    organisation = models.BigIntegerField(db_index=True)
    slug = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=10)
    why = models.CharField(max_length=500)
    operator = models.BigIntegerField()
    operator_slug = models.CharField(max_length=60)
    operator_name = models.CharField(max_length=120)
    user = models.BigIntegerField()
    actor = models.CharField(max_length=260)
    session = models.CharField(max_length=40)
    begun_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=10, blank=True)

    owners = Owners(organisation="organisation")
    objects = Records["Impersonation"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at__isnull=True), name="one_impersonation_at_a_time"
            )
        ]


class Announcement(models.Model):
    """Something everybody of an audience should read, for a while. `text`: by language."""

    level = models.CharField(max_length=8)
    audience = models.CharField(max_length=11)
    text = models.JSONField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    withdrawn_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.CharField(max_length=260)

    owners = Owners()
    objects = Records["Announcement"]()


class Dismissal(models.Model):
    """A person has read an announcement and wants to see it no more."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE)
    user = models.BigIntegerField()

    owners = Owners()
    objects = Records["Dismissal"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["announcement", "user"], name="dismissed_once")
        ]


class Allowance(models.Model):
    """How much of something an organisation is allowed, where that is not the usual."""

    organisation = models.BigIntegerField()
    what = models.CharField(max_length=20)
    most = models.PositiveIntegerField()

    owners = Owners(organisation="organisation")
    objects = Records["Allowance"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "what"], name="one_allowance_of_each")
        ]


class Sample(models.Model):
    """How much waited in each queue at a minute. The installation's own; an hour of them is kept."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    waiting = models.JSONField()

    owners = Owners()
    objects = Records["Sample"]()
