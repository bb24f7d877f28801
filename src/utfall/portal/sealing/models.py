"""One row: how often the terms were changed, and which of these changes are sealed."""

from typing import ClassVar

from django.db import models


class Revision(models.Model):
    """`wanted` counts changes; `sealed` is the count that the snapshot in force contains. No one's record."""

    wanted = models.BigIntegerField(default=0)
    sealed = models.BigIntegerField(default=0)
    snapshot = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="one_revision")]
