"""Tables of payouts: accounts and wishes of publishers, stops, batches, payouts, their exchanges, what the
bank said, what all verdicts come to, and how the last fetch of exchange rates went.
"""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from utfall.portal.access import Owners, Records


class Account(models.Model):
    """An account of a publisher's. A change ends a row and begins the next; `refused` is the bank's code."""

    publisher = models.BigIntegerField(db_index=True)
    holder = models.CharField(max_length=70)
    scheme = models.CharField(max_length=10)
    number = models.CharField(max_length=34)
    country = models.CharField(max_length=2)
    bic = models.CharField(max_length=11, blank=True)
    since = models.DateTimeField(default=timezone.now)
    usable_from = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    refused = models.CharField(max_length=35, blank=True)
    actor = models.CharField(max_length=260)
    user = models.BigIntegerField(null=True)

    owners = Owners(publisher="publisher")
    objects = Records["Account"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("publisher",), condition=models.Q(ended_at=None), name="account_of_publisher"
            )
        ]


class Wishes(models.Model):
    """How a publisher wants to be paid; `into`: everything in this currency, empty: each as it was earned."""

    publisher = models.BigIntegerField(unique=True)
    currency = models.CharField(max_length=3)
    minimum_micros = models.BigIntegerField()
    schedule = models.CharField(max_length=12)
    asked_at = models.DateTimeField(null=True)
    into = models.CharField(max_length=3, blank=True, default="")

    owners = Owners(publisher="publisher")
    objects = Records["Wishes"]()


class Stop(models.Model):
    """Nothing is paid to a publisher until the operator lets it go on."""

    publisher = models.BigIntegerField(db_index=True)
    why = models.CharField(max_length=500)
    actor = models.CharField(max_length=260)
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    owners = Owners(publisher="publisher")
    objects = Records["Stop"]()


class Batch(models.Model):
    """Payouts in one currency that are released together.

    `digest` is of who is paid what, and where; `per_file` the most payments of a file (0: all in one);
    `due_on` the day for which who is due was judged, which stays where `pay_on` moves (None: not noted).
    """

    currency = models.CharField(max_length=3)
    pay_on = models.DateField()
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=9)
    made_at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=260)
    proposal = models.BigIntegerField(null=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=260, blank=True)
    event_ms = models.BigIntegerField(null=True)
    payer = models.JSONField(null=True)
    sent_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=9, blank=True)
    digest = models.CharField(max_length=32, blank=True)
    per_file = models.IntegerField(default=0)

    owners = Owners()
    objects = Records["Batch"]()


class Payout(models.Model):
    """One payout; its key is its number in the book. `payee` is who is paid and where, as it was then.

    `is_told`: the publisher was written to that it is on its way.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="payouts")
    publisher = models.BigIntegerField()
    account = models.BigIntegerField()
    payee = models.JSONField()
    currency = models.CharField(max_length=3)
    amount_micros = models.BigIntegerField()
    up_to = models.BigIntegerField()
    state = models.CharField(max_length=9, db_index=True)
    reason = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=300, blank=True)
    event = models.CharField(max_length=32, blank=True)
    receipt = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    is_told = models.BooleanField(default=False)

    owners = Owners(publisher="publisher")
    objects = Records["Payout"]()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["publisher", "state"], name="payout_of_publisher")]


class Exchange(models.Model):
    """What was payable in another currency and becomes part of a payout, by a rate that is frozen with it.

    `event` is of the payout's release, `undoing` of taking it back where the payout never left.
    """

    payout = models.ForeignKey(Payout, on_delete=models.CASCADE, related_name="exchanges")
    currency = models.CharField(max_length=3)
    amount_micros = models.BigIntegerField()
    into_amount_micros = models.BigIntegerField()
    currency_micros = models.BigIntegerField()
    into_micros = models.BigIntegerField()
    source = models.CharField(max_length=20)
    day = models.DateField()
    state = models.CharField(max_length=8)
    event = models.CharField(max_length=32, blank=True)
    receipt = models.BigIntegerField(null=True)
    code = models.CharField(max_length=40, blank=True)
    undoing = models.CharField(max_length=32, blank=True)
    undoing_ms = models.BigIntegerField(null=True)

    owners = Owners(publisher="payout__publisher")
    objects = Records["Exchange"]()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state"], name="exchange_state")]


class Judgement(models.Model):
    """What everybody's verdicts come to, and what they stood on: the mark of what people and banks did, and
    the book's latest receipt (`entry`). One row.
    """

    id = models.BigIntegerField(primary_key=True)
    mark = models.CharField(max_length=32)
    entry = models.BigIntegerField()
    at = models.DateTimeField()
    told = models.JSONField()

    owners = Owners()
    objects = Records["Judgement"]()


class RatesFetch(models.Model):
    """How the last fetch of a table of exchange rates went: one row, of the installation."""

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    problem = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=300, blank=True)

    owners = Owners()
    objects = Records["RatesFetch"]()


class Outcome(models.Model):
    """Something the bank, or somebody, said of a payout; in the journal once, under its own identity."""

    payout = models.ForeignKey(Payout, on_delete=models.CASCADE, related_name="outcomes")
    identity = models.CharField(max_length=200)
    verdict = models.CharField(max_length=10)
    on = models.DateField()
    reason = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=300, blank=True)
    actor = models.CharField(max_length=260, blank=True)
    said_at = models.DateTimeField(default=timezone.now)
    event = models.CharField(max_length=32)
    event_ms = models.BigIntegerField()
    state = models.CharField(max_length=8)
    receipt = models.BigIntegerField(null=True)
    code = models.CharField(max_length=40, blank=True)

    owners = Owners(publisher="payout__publisher")
    objects = Records["Outcome"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("payout", "identity"), name="outcome_said_once")
        ]
        indexes: ClassVar = [models.Index(fields=["state"], name="outcome_state")]
