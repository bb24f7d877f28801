"""Tables of invoices: whom papers name, the operator's own accounts, and papers in their runs."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from utfall.portal.access import Owners, Records


class Particulars(models.Model):
    """Whom papers name: the operator (number 0), an advertiser or a publisher. What it was before is in the
    log; issued papers have what it was then.
    """

    kind = models.CharField(max_length=10)
    number = models.BigIntegerField()
    advertiser = models.BigIntegerField(null=True, db_index=True)
    publisher = models.BigIntegerField(null=True, db_index=True)
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2)
    town = models.CharField(max_length=60, blank=True)
    street = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=16, blank=True)
    registration = models.CharField(max_length=40, blank=True)
    vat = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=254, blank=True)
    registered_as = models.CharField(max_length=80, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    peppol = models.CharField(max_length=60, blank=True)
    agreed_version = models.CharField(max_length=10, blank=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.CharField(max_length=260, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="advertiser", publisher="publisher")
    objects = Records["Particulars"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("kind", "number"), name="particulars_of_party")
        ]


class HouseAccount(models.Model):
    """The operator's own account in a currency."""

    currency = models.CharField(max_length=3, unique=True)
    scheme = models.CharField(max_length=10)
    number = models.CharField(max_length=34)
    country = models.CharField(max_length=2)
    bic = models.CharField(max_length=11, blank=True)
    payer_number = models.CharField(max_length=35, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    owners = Owners()
    objects = Records["HouseAccount"]()


class Run(models.Model):
    """Papers that are drafted, looked at and issued together. `through` is the last entry that they count,
    `event_ms` the time of their events, `told_at` when the last of them was told.
    """

    side = models.CharField(max_length=10)
    party = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    since = models.DateField()
    until = models.DateField()
    through = models.BigIntegerField()
    state = models.CharField(max_length=9, db_index=True)
    actor = models.CharField(max_length=260)
    made_at = models.DateTimeField(default=timezone.now)
    work = models.BigIntegerField(null=True)
    issued_on = models.DateField(null=True)
    issued_by = models.CharField(max_length=260, blank=True)
    event_ms = models.BigIntegerField(null=True)
    told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    owners = Owners()
    objects = Records["Run"]()


class Paper(models.Model):
    """A paper of a run, or a credit note that was asked for; or why a party gets none.

    `content` is what is going to be frozen, as JSON; once the paper is issued it lies under its `digest`.
    `why`: what was wrong with the paper that a credit note corrects; of a `no_rate`, whose rate is missing.
    `written_at`: when its event was last written to the journal. `is_told`: its party was written to.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, null=True, related_name="papers")
    owner = models.CharField(max_length=10)
    party = models.BigIntegerField()
    advertiser = models.BigIntegerField(null=True, db_index=True)
    publisher = models.BigIntegerField(null=True, db_index=True)
    kind = models.CharField(max_length=20)
    currency = models.CharField(max_length=3)
    standing_micros = models.BigIntegerField()
    net_micros = models.BigIntegerField(default=0)
    tax_micros = models.BigIntegerField(default=0)
    state = models.CharField(max_length=8, db_index=True)
    reason = models.CharField(max_length=40, blank=True)
    content = models.TextField(blank=True)
    series = models.CharField(max_length=30, blank=True)
    number = models.BigIntegerField(null=True)
    name = models.CharField(max_length=40, blank=True, db_index=True)
    issued_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    event = models.CharField(max_length=32, blank=True)
    event_ms = models.BigIntegerField(null=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    receipt = models.BigIntegerField(null=True)
    corrects = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=300, blank=True)
    actor = models.CharField(max_length=260, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    issued_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField(null=True)
    is_told = models.BooleanField(default=False)

    owners = Owners(advertiser="advertiser", publisher="publisher")
    objects = Records["Paper"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("series", "number"),
                condition=models.Q(number__isnull=False),
                name="paper_number_once",
            ),
            models.UniqueConstraint(fields=("run", "owner", "party", "currency"), name="paper_once_in_run"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["run", "state"], name="paper_of_run"),
            models.Index(
                fields=["id"], condition=models.Q(state="issued", is_told=False), name="paper_untold"
            ),
        ]
