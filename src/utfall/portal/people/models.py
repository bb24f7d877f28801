"""Tables of people and organisations."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from utfall.portal.access import Kind, Owners, Records, Role


class Users(BaseUserManager["User"]):
    """Users are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new user; without a password it can only sign in by other means."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who signs in."""

    email = models.EmailField(unique=True, max_length=254)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5, blank=True)
    theme = models.CharField(max_length=5, blank=True, choices=[("light", "light"), ("dark", "dark")])
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Users] = Users()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email


class Organisation(models.Model):
    """One side of the market. `number`: its id in the sealed terms, as advertiser or publisher; else 0.

    `note`: why the operator suspended it. `approves_sign_ups`: of an operator, whether newcomers wait for it.
    """

    class State(models.TextChoices):
        """Whether the operator let it in."""

        PENDING = "pending"
        ACTIVE = "active"
        SUSPENDED = "suspended"
        CLOSED = "closed"

    SHUT = ("suspended", "closed")
    """The states in which nobody acts for it."""

    class SecondFactor(models.TextChoices):
        """Whose sign-in needs more than a password."""

        NOBODY = "nobody"
        MONEY = "money"
        EVERYBODY = "everyone"

    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Kind])
    number = models.BigIntegerField(default=0)
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    website = models.URLField(max_length=300, blank=True)
    country = models.CharField(max_length=2, blank=True)
    registration = models.CharField(max_length=40, blank=True)
    contact_email = models.EmailField(blank=True)
    note = models.CharField(max_length=500, blank=True)
    second_factor = models.CharField(max_length=8, choices=SecondFactor.choices, default=SecondFactor.NOBODY)
    approves_sign_ups = models.BooleanField(default=False)
    promotion_type = models.CharField(max_length=20, blank=True)
    postback_digest = models.CharField(max_length=64, blank=True)
    accepts_pixel = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    owners = Owners(organisation="id")
    objects = Records["Organisation"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("kind", "number"), condition=~models.Q(number=0), name="one_organisation_per_number"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A user's role in an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Role])
    created_at = models.DateTimeField(default=timezone.now)
    visited_at = models.DateTimeField(null=True)

    owners = Owners(organisation="organisation_id")
    objects = Records["Membership"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("organisation", "user"), name="one_role_each")
        ]


class Mandate(models.Model):
    """An agency acts for an advertiser, from the advertiser's consent until it is withdrawn.

    `letters`: whether the agency's people are written to about the advertiser.
    """

    agency = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="mandates")
    advertiser = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="mandated")
    asked_at = models.DateTimeField(default=timezone.now)
    granted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    letters = models.BooleanField(default=True)

    owners = Owners(organisation="agency_id", advertiser="advertiser__number")
    objects = Records["Mandate"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("agency", "advertiser"),
                condition=models.Q(ended_at__isnull=True),
                name="one_mandate_at_a_time",
            )
        ]


class Invitation(models.Model):
    """Somebody asked by e-mail to join an organisation; the secret in the link is stored as its digest."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Role])
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    owners = Owners(organisation="organisation_id")
    objects = Records["Invitation"]()


class ApiKey(models.Model):
    """A key for the API and, with the scope `events`, for the edge. Shown once, stored as its digest."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="keys")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=10, default=Role.VIEWER.value)
    scopes = models.JSONField(default=list)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    successor = models.ForeignKey("self", on_delete=models.SET_NULL, null=True)

    owners = Owners(organisation="organisation_id")
    objects = Records["ApiKey"]()
