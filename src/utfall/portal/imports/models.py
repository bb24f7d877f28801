"""Tables of imports: files, their rows, what is known of other networks' ids, and their transactions."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from utfall.portal.access import Owners, Records


class Import(models.Model):
    """A file of another network.

    `mapping` says which column (from 0) is which of our fields. `done` is the last row that was done or
    undone; `ident` and `at_ms` make the ids of its events, `stream` and `position` are where they were to go.
    """

    advertiser = models.BigIntegerField(db_index=True)
    organisation = models.BigIntegerField()
    actor = models.CharField(max_length=260)
    user = models.BigIntegerField(null=True)
    program = models.BigIntegerField(null=True)
    name = models.CharField(max_length=200)
    bytes = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    file = models.CharField(max_length=64, blank=True)
    network = models.CharField(max_length=10)
    kind = models.CharField(max_length=15)
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=12)
    trouble = models.CharField(max_length=40, blank=True)
    work = models.BigIntegerField(null=True)
    rows = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    ident = models.CharField(max_length=32, unique=True)
    at_ms = models.BigIntegerField(null=True)
    stream = models.CharField(max_length=64, blank=True)
    position = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    owners = Owners(advertiser="advertiser")
    objects = Records["Import"]()


class OwnMapping(models.Model):
    """What an advertiser said the columns of such a file are, kept under a name to be used again.

    `columns` are the headings by our fields; `options` says how days and amounts are written.
    """

    advertiser = models.BigIntegerField()
    network = models.CharField(max_length=10)
    kind = models.CharField(max_length=15)
    name = models.CharField(max_length=80)
    columns = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    actor = models.CharField(max_length=260)
    kept_at = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="advertiser")
    objects = Records["OwnMapping"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("advertiser", "name"), name="own_mapping_named_once")
        ]


class Row(models.Model):
    """One row: what it said (only the columns that were mapped), what it was judged, what became of it."""

    source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="lines")
    number = models.IntegerField()
    external = models.CharField(max_length=200, blank=True)
    label = models.CharField(max_length=200, blank=True)
    told = models.JSONField(default=dict)
    verdict = models.CharField(max_length=10)
    state = models.CharField(max_length=8, default="judged")
    code = models.CharField(max_length=40, blank=True)
    said = models.CharField(max_length=300, blank=True)
    made = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    amount_micros = models.BigIntegerField(null=True)
    theirs_micros = models.BigIntegerField(null=True)
    ours_micros = models.BigIntegerField(null=True)

    owners = Owners(advertiser="source__advertiser")
    objects = Records["Row"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["source", "verdict", "number"], name="import_row_verdict"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("source", "number"), name="import_row_of_file")
        ]


class Known(models.Model):
    """What an id of another network is here: a publisher's number, a link's or a code's id.

    `source` is the import that made it; 0 where it was here before. `live`: not undone.
    """

    advertiser = models.BigIntegerField(db_index=True)
    network = models.CharField(max_length=10)
    kind = models.CharField(max_length=15)
    external = models.CharField(max_length=200)
    program = models.BigIntegerField()
    number = models.BigIntegerField()
    name = models.CharField(max_length=200, blank=True)
    source = models.BigIntegerField(default=0)
    live = models.BooleanField(default=True)

    owners = Owners(advertiser="advertiser")
    objects = Records["Known"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("advertiser", "program", "network", "kind", "external"), name="import_known_once"
            )
        ]


class Transaction(models.Model):
    """What another network said of a sale. It owes nobody anything, unless `booking` says the book has it.

    `changes`: what it said before, oldest first, each with the import that changed it.
    """

    advertiser = models.BigIntegerField()
    program = models.BigIntegerField(db_index=True)
    publisher = models.BigIntegerField()
    network = models.CharField(max_length=10)
    external = models.CharField(max_length=200)
    reference = models.CharField(max_length=50)
    outcome = models.CharField(max_length=10)
    occurred_at = models.DateTimeField()
    status = models.CharField(max_length=10)
    reason = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=100, blank=True)
    currency = models.CharField(max_length=3)
    amount_micros = models.BigIntegerField()
    commission_micros = models.BigIntegerField(null=True)
    ours_micros = models.BigIntegerField(null=True)
    source = models.BigIntegerField(db_index=True)
    changes = models.JSONField(default=list)
    booking = models.CharField(max_length=10, default="none", db_index=True)
    booking_code = models.CharField(max_length=40, blank=True)
    link = models.BigIntegerField(null=True)
    event = models.CharField(max_length=32, blank=True)

    owners = Owners(advertiser="advertiser")
    objects = Records["Transaction"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["advertiser", "occurred_at"], name="import_transaction_time"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("advertiser", "network", "external"), name="import_transaction_once"
            )
        ]
