"""The caller: who asks, for which organisation, and how far that organisation reaches."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Forbidden, NotFound, Problem, Refused
from utfall.portal.access.onlooking import Onlooker
from utfall.portal.access.roles import OVERSEERS, Kind, Permission, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody (or a key) acting for one organisation.

    `number` is the organisation's id in the sealed terms: the advertiser's or publisher's id; 0 for others.
    `advertisers` and `publishers`: whose records it reaches. An agency reaches the advertisers it acts for;
    operators and auditors reach everybody's (`sees_all`).
    """

    organisation: int
    slug: str
    name: str
    kind: Kind
    number: int
    role: Role
    user: int | None
    actor: str
    grants: frozenset[Permission]
    advertisers: frozenset[int] = frozenset()
    publishers: frozenset[int] = frozenset()
    key: int | None = None
    """The API key that speaks, where it is not a person."""
    maker: int | None = None
    """The person who made that key: what it does is theirs where two people are asked for."""
    onlooker: Onlooker | None = None
    """Who really looks, where an operator sees what a member would; such a caller changes nothing."""

    @property
    def person(self) -> int | None:
        """Who answers for what the caller does: the user, or whoever made the key."""
        return self.maker if self.user is None else self.user

    @property
    def sees_all(self) -> bool:
        """Whether everybody's records are within reach."""
        return self.kind in OVERSEERS

    def may(self, permission: Permission) -> bool:
        """Whether the role allows it."""
        return permission in self.grants

    def require(self, permission: Permission) -> None:
        """Forbidden unless the role allows it."""
        if permission not in self.grants:
            raise Forbidden(permission.value)

    def require_operator(self, permission: Permission) -> None:
        """Forbidden unless the role allows it; NotFound for whoever does not run the network."""
        self.require(permission)
        if self.kind is not Kind.OPERATOR:
            raise NotFound

    def advertiser(self, wanted: int | None = None) -> int:
        """The advertiser an operation is for: the caller's own, the wanted one, or an agency's only one."""
        if wanted is None and len(self.advertisers) == 1:
            return next(iter(self.advertisers))
        if wanted is not None and (self.kind is Kind.OPERATOR or wanted in self.advertisers):
            return wanted
        if self.kind is Kind.PUBLISHER:
            raise Forbidden(Kind.ADVERTISER.value)
        raise Refused([Problem("advertiser_needed", _("Say which advertiser this is for."), "advertiser")])

    def publisher(self, wanted: int | None = None) -> int:
        """The publisher an operation is for: the caller's own, or the one an operator names."""
        if self.kind is Kind.PUBLISHER and wanted in (None, self.number):
            return self.number
        if self.kind is Kind.OPERATOR and wanted is not None:
            return wanted
        if self.kind is not Kind.OPERATOR:
            raise Forbidden(Kind.PUBLISHER.value)
        raise Refused([Problem("publisher_needed", _("Say which publisher this is for."), "publisher")])
