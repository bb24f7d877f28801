"""The tables of money that moved outside. Their SQL stands in `migrations/0002_money.sql`.

Each is what the engine knows of a deposit, paper, payout or exchange; `receipt` (and the `id` of a deposit
or paper) is the number of the receipt that explains it.
"""

from django.db import models


class Line(models.Model):
    """An entry of an account on which certain money stands, found by the account."""

    pk = models.CompositePrimaryKey("account_id", "transaction_id")
    account_id = models.BigIntegerField()
    transaction_id = models.BigIntegerField()
    amount_micros = models.BigIntegerField()


class Answer(models.Model):
    """What was said of an event of money: an accepted one keeps its first answer, a refused one its last."""

    event = models.TextField(primary_key=True)
    receipt = models.BigIntegerField()
    reason = models.TextField(null=True)


class Funding(models.Model):
    """Money of an advertiser that came or was paid back; without one, in suspense."""

    id = models.BigIntegerField(primary_key=True)
    event = models.TextField(unique=True)
    advertiser = models.BigIntegerField(null=True)
    currency = models.TextField()
    amount_micros = models.BigIntegerField()
    identity = models.TextField(unique=True)
    day = models.TextField()
    words = models.TextField()
    at = models.BigIntegerField()
    status = models.TextField()
    transaction_id = models.BigIntegerField()


class Paper(models.Model):
    """An issued paper. `left_micros` is what was earned through its entry and stays for the next."""

    id = models.BigIntegerField(primary_key=True)
    name = models.TextField(unique=True)
    kind = models.TextField()
    series = models.TextField()
    number = models.BigIntegerField()
    owner = models.TextField()
    party = models.BigIntegerField()
    currency = models.TextField()
    period_from = models.TextField()
    period_until = models.TextField()
    since = models.BigIntegerField()
    through = models.BigIntegerField()
    net_micros = models.BigIntegerField()
    tax_micros = models.BigIntegerField()
    settled_micros = models.BigIntegerField()
    credited_micros = models.BigIntegerField()
    left_micros = models.BigIntegerField()
    due = models.TextField(null=True)
    corrects = models.TextField(null=True)
    digest = models.TextField()
    event = models.TextField(unique=True)
    at = models.BigIntegerField()
    transaction_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("series", "number"), name="paper_of"),)


class Payout(models.Model):
    """What was sent to a publisher, and what the bank said of it."""

    number = models.BigIntegerField(primary_key=True)
    publisher = models.BigIntegerField()
    currency = models.TextField()
    since = models.BigIntegerField()
    through = models.BigIntegerField()
    amount_micros = models.BigIntegerField()
    rest_micros = models.BigIntegerField()
    status = models.TextField()
    identity = models.TextField()
    reason = models.TextField(null=True)
    digest = models.TextField()
    event = models.TextField(unique=True)
    at = models.BigIntegerField()
    transaction_id = models.BigIntegerField()
    ended_id = models.BigIntegerField(null=True)
    receipt = models.BigIntegerField()


class Exchange(models.Model):
    """A party's money turned into another currency; `undone` and `paid_by` are transactions."""

    transaction_id = models.BigIntegerField(primary_key=True)
    into_transaction_id = models.BigIntegerField()
    event = models.TextField(unique=True)
    owner = models.TextField()
    party = models.BigIntegerField()
    currency = models.TextField()
    into = models.TextField()
    amount_micros = models.BigIntegerField()
    into_amount_micros = models.BigIntegerField()
    currency_micros = models.BigIntegerField()
    into_micros = models.BigIntegerField()
    rate_source = models.TextField()
    day = models.TextField()
    through = models.BigIntegerField()
    undone = models.BigIntegerField(null=True)
    paid_by = models.BigIntegerField(null=True)
    at = models.BigIntegerField()
    receipt = models.BigIntegerField()
