"""Tables of links, domains and codes."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Upper
from django.utils import timezone

from utfall.portal.access import Owners, Records


class Domain(models.Model):
    """A host of an advertiser's or publisher's own that points at the edge; for links once verified."""

    host = models.CharField(max_length=253, unique=True)
    advertiser = models.BigIntegerField(null=True)
    publisher = models.BigIntegerField(null=True)
    verified_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="advertiser", publisher="publisher")
    objects = Records["Domain"]()


class Link(models.Model):
    """A tracking link; its primary key is its id in the sealed terms, `key` what stands in its address.

    `template` adds query parameters to the landing address: a list of [name, value] with macros in the value.
    """

    key = models.CharField(max_length=32, unique=True)
    program = models.BigIntegerField(db_index=True)
    advertiser = models.BigIntegerField(db_index=True)
    publisher = models.BigIntegerField(db_index=True)
    name = models.CharField(max_length=120, blank=True)
    destination = models.CharField(max_length=2000)
    property = models.BigIntegerField(null=True)
    domain = models.ForeignKey(Domain, on_delete=models.SET_NULL, null=True)
    parameter = models.CharField(max_length=40, default="utfall")
    template = models.JSONField(default=list)
    subs = models.JSONField(default=list)
    hosts = models.JSONField(default=list)
    touch_class = models.CharField(max_length=10, blank=True)
    channel = models.CharField(max_length=40, blank=True)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    health = models.CharField(max_length=20, blank=True)
    health_note = models.CharField(max_length=300, blank=True)
    created_by = models.CharField(max_length=254, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="advertiser", publisher="publisher")
    objects = Records["Link"]()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["program", "publisher"], name="links_of_partner")]


class Code(models.Model):
    """A promo code that belongs to one publisher of a program during an interval."""

    code = models.CharField(max_length=40)
    program = models.BigIntegerField(db_index=True)
    advertiser = models.BigIntegerField(db_index=True)
    publisher = models.BigIntegerField(db_index=True)
    description = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True)
    created_by = models.CharField(max_length=254, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="advertiser", publisher="publisher")
    objects = Records["Code"]()

    class Meta:
        indexes: ClassVar = [models.Index("program", Upper("code"), name="codes_of_program")]
