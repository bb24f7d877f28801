"""Tables of publishers and their partnerships."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from utfall.portal.access import Owners, Records


class Profile(models.Model):
    """What a publisher tells of itself; shown to advertisers."""

    publisher = models.BigIntegerField(unique=True)
    headline = models.CharField(max_length=160, blank=True)
    description = models.TextField(blank=True)
    countries = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    categories = models.JSONField(default=list)
    monthly_visitors = models.BigIntegerField(null=True)
    listed = models.BooleanField(default=True)

    owners = Owners(publisher="publisher", shared=models.Q(listed=True))
    objects = Records["Profile"]()


class Property(models.Model):
    """A site, app, channel, newsletter or list on which a publisher promotes, with one type of promotion."""

    publisher = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    url = models.URLField(max_length=500, blank=True)
    promotion_type = models.CharField(max_length=20)
    audience = models.JSONField(default=dict)
    verified_at = models.DateTimeField(null=True)
    token = models.CharField(max_length=40, blank=True)
    work = models.BigIntegerField(null=True)
    checked_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=20, blank=True)
    archived_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    owners = Owners(publisher="publisher")
    objects = Records["Property"]()


class Partnership(models.Model):
    """A publisher in a program, as it stands now."""

    class State(models.TextChoices):
        """Where it stands; only an approved one earns."""

        PENDING = "pending"
        APPROVED = "approved"
        REJECTED = "rejected"
        INVITED = "invited"
        DECLINED = "declined"
        PAUSED = "paused"
        BANNED = "banned"
        ARCHIVED = "archived"

    program = models.BigIntegerField(db_index=True)
    advertiser = models.BigIntegerField(db_index=True)
    publisher = models.BigIntegerField(db_index=True)
    state = models.CharField(max_length=10, choices=State.choices)
    group = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=30, blank=True)
    note = models.TextField(blank=True)
    reapply_from = models.DateTimeField(null=True)
    promotion_types = models.JSONField(default=list)
    since = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="advertiser", publisher="publisher")
    objects = Records["Partnership"]()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("program", "publisher", name="one_partnership_each")]


class Application(models.Model):
    """A publisher asks to be let into a program; one partnership may see several."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="applications")
    answers = models.JSONField(default=list)
    message = models.TextField(blank=True)
    promotion_types = models.JSONField(default=list)
    properties = models.JSONField(default=list)
    terms_version = models.IntegerField()
    submitted_at = models.DateTimeField(default=timezone.now)
    submitted_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=254, blank=True)
    verdict = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=30, blank=True)
    note = models.TextField(blank=True)

    owners = Owners(advertiser="partnership__advertiser", publisher="partnership__publisher")
    objects = Records["Application"]()


class Enrolment(models.Model):
    """An approved partnership during an interval and in one group; a move ends one and begins the next."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="enrolments")
    group = models.BigIntegerField(null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    owners = Owners(advertiser="partnership__advertiser", publisher="partnership__publisher")
    objects = Records["Enrolment"]()


class MailInvitation(models.Model):
    """Somebody is invited into a program by e-mail; the secret in the link is stored as its digest.

    Who claims it as a publisher gets an ordinary invitation, to accept or decline.
    """

    program = models.BigIntegerField(db_index=True)
    program_name = models.CharField(max_length=120)
    pays = models.JSONField(default=list)
    advertiser = models.BigIntegerField(db_index=True)
    email = models.EmailField()
    note = models.TextField(blank=True)
    group = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=5, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    publisher = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    owners = Owners(advertiser="advertiser")
    objects = Records["MailInvitation"]()


class Letter(models.Model):
    """A letter that a partner was sent: both sides can read again what was said."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="letters")
    subject = models.CharField(max_length=200)
    text = models.TextField()
    written_by = models.CharField(max_length=254)
    sent_at = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="partnership__advertiser", publisher="partnership__publisher")
    objects = Records["Letter"]()


class Split(models.Model):
    """How the commission on what one publisher wins in a program is shared. Its key is its id in the terms.

    It never changes but for its end; one that ends before it begins was taken back.
    """

    program = models.BigIntegerField(db_index=True)
    advertiser = models.BigIntegerField(db_index=True)
    publisher = models.BigIntegerField(db_index=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.CharField(max_length=254, blank=True)

    owners = Owners(advertiser="advertiser")
    objects = Records["Split"]()


class SplitShare(models.Model):
    """What one publisher has of a split, in the order in which they were named."""

    split = models.ForeignKey(Split, on_delete=models.CASCADE, related_name="shares")
    publisher = models.BigIntegerField(db_index=True)
    ppm = models.PositiveIntegerField()

    owners = Owners(advertiser="split__advertiser", publisher="publisher")
    objects = Records["SplitShare"]()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint("split", "publisher", name="one_share_of_a_split")]


class Override(models.Model):
    """What a parent gets of what its child earns. Its key is its id in the terms; it never changes but for
    its end. Without a program it holds in all of them.
    """

    program = models.BigIntegerField(null=True, db_index=True)
    advertiser = models.BigIntegerField(null=True, db_index=True)
    parent = models.BigIntegerField(db_index=True)
    child = models.BigIntegerField(db_index=True)
    ppm = models.PositiveIntegerField()
    on_top = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.CharField(max_length=254, blank=True)

    owners = Owners(advertiser="advertiser", publisher="parent")
    objects = Records["Override"]()
