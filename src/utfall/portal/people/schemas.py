"""What the API's operations of this app take and answer."""

from utfall.portal.access import Kind, Permission, Role
from utfall.portal.rest.facade import Field, Moment, Schema, Strict


class OrganisationAnswer(Schema):
    """An organisation, as its own people and the operator see it."""

    id: int
    kind: Kind
    number: int = Field(description="Its id in terms and receipts as advertiser or publisher; 0 for others.")
    name: str
    slug: str = Field(description="Its name in addresses.")
    state: str = Field(description="pending, active, suspended or closed.")
    note: str = Field(description="Why the operator suspended it.")
    website: str
    country: str = Field(description="ISO 3166-1, two letters.")
    registration: str
    contact_email: str
    promotion_type: str
    second_factor: str = Field(description="Of whom a second factor is asked: nobody, money, everyone.")
    accepts_pixel: bool
    has_postback_secret: bool
    created_at: Moment


class OrganisationChange(Strict):
    """What an organisation says of itself; what is left out stays."""

    name: str | None = Field(None, max_length=120)
    website: str | None = Field(None, max_length=300)
    country: str | None = Field(None, max_length=2)
    registration: str | None = Field(None, max_length=40)
    contact_email: str | None = Field(None, max_length=254)
    promotion_type: str | None = Field(None, max_length=20)
    why: str = Field("", max_length=300, description="Stands in the log.")


class SecondFactorChange(Strict):
    """Of whom a second factor is asked."""

    second_factor: str = Field(description="nobody, money or everyone.", max_length=10)


class PixelChange(Strict):
    """Whether browsers may tell of orders."""

    accepts_pixel: bool
    advertiser: int | None = Field(None, description="For agencies: which advertiser.")


class AdvertiserNamed(Strict):
    """Which advertiser, where the caller is not one itself."""

    advertiser: int | None = None


class SecretAnswer(Schema):
    """A secret that is told this once."""

    secret: str


class Why(Strict):
    """A reason."""

    why: str = Field("", max_length=500)


class MemberAnswer(Schema):
    """A member of the organisation."""

    user: int
    email: str
    name: str
    role: Role
    since: Moment
    visited_at: Moment | None
    has_second_factor: bool


class RoleChange(Strict):
    """Another role."""

    role: Role


class InvitedAnswer(Schema):
    """An invitation nobody accepted yet."""

    id: int
    email: str
    role: Role
    invited_by: str
    created_at: Moment
    expires_at: Moment


class NewInvitation(Strict):
    """Whom to invite."""

    email: str = Field(max_length=254)
    role: Role = Role.VIEWER


class KeyAnswer(Schema):
    """An API key, without its secret."""

    id: int
    name: str
    prefix: str
    role: Role
    scopes: list[Permission]
    created_at: Moment
    created_by: str
    expires_at: Moment | None
    last_used_at: Moment | None
    revoked_at: Moment | None
    successor: int | None = Field(description="The key that replaces it.")


class ThisKeyAnswer(Schema):
    """Whom a key speaks for, and what it may do."""

    organisation: str
    slug: str
    kind: Kind
    number: int = Field(description="Its id in terms and receipts as advertiser or publisher; 0 for others.")
    role: Role
    scopes: list[Permission]
    advertisers: list[int] = Field(description="Advertisers it acts for.")
    publishers: list[int]
    sees_all: bool = Field(description="Everybody's records are within its reach.")


class NewKeyAnswer(Schema):
    """A new key with its secret, which is told this once."""

    key: KeyAnswer
    secret: str


class KeyWanted(Strict):
    """A key to be made."""

    name: str = Field(max_length=80)
    scopes: list[Permission] = Field(max_length=20)
    role: Role | None = Field(None, description="No wider than your own, which is the default.")
    expires_at: Moment | None = None


class Overlap(Strict):
    """How long the old key works on."""

    overlap_hours: int = Field(24, ge=0, le=720)


class MandateAnswer(Schema):
    """An agency's power to act for an advertiser."""

    id: int
    agency: str
    agency_slug: str
    advertiser: int
    advertiser_name: str
    advertiser_slug: str
    asked_at: Moment
    granted_at: Moment | None
    letters: bool = Field(description="Whether the agency's people are written to about the advertiser.")


class LettersWanted(Strict):
    """Whether letters are wanted."""

    wanted: bool


class MandateWanted(Strict):
    """An advertiser names the agency it trusts; an agency the advertiser it asks."""

    party: str = Field(max_length=60, description="The other side's name in addresses.")


class TenantWanted(Strict):
    """An organisation that the operator creates."""

    kind: Kind
    name: str = Field(max_length=120)
    owner_email: str = Field(max_length=254, description="Gets an invitation as its first owner.")
    slug: str = Field("", max_length=50)
    website: str = Field("", max_length=300)
    country: str = Field("", max_length=2)
    promotion_type: str = Field("", max_length=20)
    contact_email: str = Field("", max_length=254)


class ApprovalChange(Strict):
    """Whether newcomers wait for the operator."""

    approval_needed: bool
