"""The second factor: who has one, of whom an organisation asks one, and how its secret is kept."""

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings

from utfall.portal.access import Permission
from utfall.portal.access.roles import GRANTS, Role
from utfall.portal.people.models import Organisation, User

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
WHO_SEE_TO_MONEY = frozenset(role for role in Role if Permission.MONEY in GRANTS[role])


def has_second_factor(user: User) -> bool:
    """Whether a password alone does not sign this user in."""
    return user.pk in with_second_factor([user.pk])


def with_second_factor(users: Iterable[int]) -> frozenset[int]:
    """Those of these users who have one."""
    rows = Authenticator.objects.filter(user_id__in=users, type__in=STRONG)
    return frozenset(rows.values_list("user_id", flat=True))


def is_asked_of(organisation: Organisation, role: Role) -> bool:
    """Whether the organisation wants a second factor of people in this role."""
    match Organisation.SecondFactor(organisation.second_factor):
        case Organisation.SecondFactor.EVERYBODY:
            return True
        case Organisation.SecondFactor.MONEY:
            return role in WHO_SEE_TO_MONEY
    return False


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps and recovery codes are encrypted where they are stored."""

    def encrypt(self, text: str) -> str:
        """What the database holds."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What the authenticator app knows."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"second factor").digest()
    return Fernet(urlsafe_b64encode(key))


class Factors(NamedTuple):
    """What a person signs in with beside the password."""

    app_since: datetime | None
    passkeys: int
    recovery_codes: int


def factors_of(user: int) -> Factors:
    """The second factors of a person."""
    rows = list(Authenticator.objects.filter(user_id=user))
    app = next((row for row in rows if row.type == Authenticator.Type.TOTP), None)
    codes = next((row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    return Factors(
        app_since=app.created_at if app else None,
        passkeys=sum(row.type == Authenticator.Type.WEBAUTHN for row in rows),
        recovery_codes=len(codes.wrap().get_unused_codes()) if codes else 0,
    )
