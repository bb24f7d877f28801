"""Tables of invoices: whom papers name, and the operator's own accounts."""

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
