"""Tables of programs, the versions of their terms, goals, groups and limits."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils import timezone

from utfall.events import Outcome
from utfall.portal.access import Owners, Records
from utfall.portal.programs.contracts import PriceKind, State, Visibility
from utfall.terms import ChannelPolicy, Measure, Over, Period

SHOWN: Final = (State.ACTIVE.value, State.PAUSED.value)
LISTED: Final = (Visibility.PUBLIC.value, Visibility.APPROVAL.value)


class Program(models.Model):
    """What an advertiser offers. Its key is its id in the sealed terms.

    `state` is the state in force. While it is a draft, the price of the wizard waits in `price_*`.
    """

    advertiser = models.BigIntegerField(db_index=True)
    name = models.CharField(max_length=120)
    tagline = models.CharField(max_length=200, blank=True)
    website = models.URLField(max_length=300, blank=True)
    category = models.CharField(max_length=30, blank=True)
    countries = models.JSONField(default=list)
    currency = models.CharField(max_length=3)
    zone = models.CharField(max_length=64)
    domains = models.JSONField(default=list)
    visibility = models.CharField(max_length=10, default=Visibility.APPROVAL.value)
    state = models.CharField(max_length=10, default=State.DRAFT.value, db_index=True)
    held_by_operator = models.BooleanField(default=False)
    outcome = models.CharField(max_length=12, default=Outcome.SALE.value)
    preset = models.CharField(max_length=10, blank=True)
    steps = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    auto_approve = models.BooleanField(default=False)
    price_kind = models.CharField(
        max_length=12, blank=True, choices=[(one.value, one.value) for one in PriceKind]
    )
    price_micros = models.BigIntegerField(null=True)
    price_ppm = models.BigIntegerField(null=True)
    returned_why = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.CharField(max_length=254, blank=True)
    submitted_at = models.DateTimeField(null=True)
    live_since = models.DateTimeField(null=True)

    owners = Owners(
        advertiser="advertiser",
        shared=Q(state__in=SHOWN, visibility__in=LISTED),
    )
    objects = Records["Program"]()


class TermsVersion(models.Model):
    """One version of a program's terms. Without `effective_from` it is a draft; with it, it never changes.

    Where `withdrawn_at` is set it was taken back before it was in force.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    effective_from = models.DateTimeField(null=True)
    status = models.CharField(max_length=10)
    standard_seconds = models.BigIntegerField()
    incentive_seconds = models.BigIntegerField()
    soft_seconds = models.BigIntegerField()
    view_seconds = models.BigIntegerField()
    attribution = models.JSONField(default=list)
    channels = models.JSONField(default=dict)
    channel_default = models.CharField(max_length=6, default=ChannelPolicy.ANY.value)
    fee_ppm = models.PositiveIntegerField(default=0)
    hold_days = models.PositiveIntegerField(default=30)
    auto_approval_days = models.PositiveIntegerField(null=True)
    max_age_days = models.PositiveIntegerField(default=90)
    consent_required = models.BooleanField(default=True)
    delivery_days = models.PositiveIntegerField(null=True)
    lock_days = models.PositiveIntegerField(null=True)
    recurring_months = models.PositiveIntegerField(default=0)
    lapsed_after_days = models.PositiveIntegerField(null=True)
    promotion_types = models.JSONField(default=list)
    text = models.TextField(blank=True)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.CharField(max_length=254, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    owners = Owners(
        advertiser="program__advertiser",
        shared=Q(program__state__in=SHOWN, program__visibility__in=LISTED, effective_from__isnull=False),
    )
    objects = Records["TermsVersion"]()

    class Meta:
        ordering: ClassVar = ["program_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint("program", "number", name="one_version_per_number"),
            models.UniqueConstraint(
                "program", condition=Q(effective_from__isnull=True), name="one_draft_of_terms"
            ),
            models.UniqueConstraint(
                "program",
                "effective_from",
                condition=Q(withdrawn_at__isnull=True),
                name="one_version_at_a_time",
            ),
        ]


class Goal(models.Model):
    """What a program is to reach by when, and the most that one outcome may cost."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="goals")
    outcome = models.CharField(max_length=12)
    target = models.PositiveIntegerField()
    max_cost_micros = models.BigIntegerField(null=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    created_at = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="program__advertiser")
    objects = Records["Goal"]()


class Group(models.Model):
    """A tier of partners within a program. Its key is its id in the sealed terms."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="program__advertiser")
    objects = Records["Group"]()


class Limit(models.Model):
    """A budget or cap. Its key is its id in the sealed terms; what it counts never changes."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="limits")
    name = models.CharField(max_length=80)
    measure = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Measure])
    period = models.CharField(max_length=5, choices=[(one.value, one.value) for one in Period])
    cap = models.BigIntegerField()
    over = models.CharField(max_length=6, default=Over.REFUSE.value)
    outcome = models.CharField(max_length=12, blank=True)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True)
    publisher = models.BigIntegerField(null=True)
    per_publisher = models.BooleanField(default=False)
    per_customer = models.BooleanField(default=False)
    is_budget = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    owners = Owners(advertiser="program__advertiser")
    objects = Records["Limit"]()


class Policy(models.Model):
    """One row: the operator's rules for programs. No one's record."""

    review_needed = models.BooleanField(default=True)
    fee_ppm = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="one_program_policy")]
