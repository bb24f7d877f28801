"""Commission rules, each in force during a half-open interval; changes of them; drafts of the next change."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from utfall.portal.access import Owners, Records


class Rule(models.Model):
    """One rule; its primary key is its id in the sealed terms. Publishers see it through the facade only.

    `price` and `condition` are the sealed forms as JSON (`utfall.terms.Price`, `Condition`). `ends_at` is
    when it was meant to end by itself, `effective_until` when it does: then, or when another takes its place.
    """

    program = models.BigIntegerField(db_index=True)
    advertiser = models.BigIntegerField(db_index=True)
    name = models.CharField(max_length=120)
    outcome = models.CharField(max_length=12)
    action = models.CharField(max_length=60, blank=True)
    price = models.JSONField()
    condition = models.JSONField(null=True)
    group = models.BigIntegerField(null=True)
    publisher = models.BigIntegerField(null=True)
    priority = models.IntegerField(default=0)
    effective_from = models.DateTimeField()
    effective_until = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="replaced_by")
    created_by = models.CharField(max_length=254, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="advertiser")
    objects = Records["Rule"]()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["program", "effective_from"], name="rules_of_program")]

    def __str__(self) -> str:
        return self.name


class Revision(models.Model):
    """One change of a program's rules: who, when, why, from when on, and what became of each rule."""

    program = models.BigIntegerField(db_index=True)
    advertiser = models.BigIntegerField(db_index=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=254, blank=True)
    why = models.CharField(max_length=1000, blank=True)
    effective_from = models.DateTimeField()
    changes = models.JSONField(default=list)

    owners = Owners(advertiser="advertiser")
    objects = Records["Revision"]()


class Draft(models.Model):
    """The next change of a program's rules while people work on it; `earlier`: its states, to undo steps.

    `based_on`: the rules that stood when it was begun, in their order.
    """

    program = models.BigIntegerField(unique=True)
    advertiser = models.BigIntegerField(db_index=True)
    rules = models.JSONField(default=list)
    earlier = models.JSONField(default=list)
    based_on = models.JSONField(default=list)
    changed_by = models.CharField(max_length=254, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="advertiser")
    objects = Records["Draft"]()
