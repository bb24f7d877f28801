"""The operations of people."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from utfall.client.models.people import (
    ColleagueInvitedAnswer,
    MandateAnswer,
    NewKeyAnswer,
    OrganisationAnswer,
    SecretAnswer,
)
from utfall.client.models.people_sent import (
    AdvertiserNamed,
    ApprovalChange,
    ColleagueInvitation,
    KeyOverlap,
    KeyWanted,
    LettersWanted,
    MandateWanted,
    OrganisationChange,
    OrganisationReasonGiven,
    PixelChange,
    RoleChange,
    SecondFactorChange,
    TenantWanted,
)
from utfall.client.operations.people_reading import PeopleReading


class People(PeopleReading):
    """People and organisations."""

    def change_organisation(
        self, body: OrganisationChange, *, idempotency_key: str | None = None
    ) -> OrganisationAnswer:
        """Change the organisation. Change what it says of itself."""
        return self._calls.call("PATCH", "/organisation", OrganisationAnswer, body=body, key=idempotency_key)

    def second_factor(
        self, body: SecondFactorChange, *, idempotency_key: str | None = None
    ) -> OrganisationAnswer:
        """Ask for a second factor. Ask it of nobody, of those who see to money, or of everybody."""
        return self._calls.call(
            "PUT", "/organisation/second-factor", OrganisationAnswer, body=body, key=idempotency_key
        )

    def pixel(self, body: PixelChange, *, idempotency_key: str | None = None) -> None:
        """Accept or refuse the pixel. Whether browsers may tell of an advertiser's orders."""
        self._calls.call("PUT", "/organisation/pixel", type(None), body=body, key=idempotency_key)

    def postback_secret(self, body: AdvertiserNamed, *, idempotency_key: str | None = None) -> SecretAnswer:
        """Renew the postback secret. A new secret for postbacks; the one before is void."""
        return self._calls.call(
            "POST", "/organisation/postback-secret", SecretAnswer, body=body, key=idempotency_key
        )

    def close(self, body: OrganisationReasonGiven, *, idempotency_key: str | None = None) -> None:
        """Close the organisation. Close it for good; this very key stops working, too."""
        self._calls.call("POST", "/organisation/close", type(None), body=body, key=idempotency_key)

    def role(self, user: int, body: RoleChange, *, idempotency_key: str | None = None) -> None:
        """Change a role. Give a member another role; there is always an owner."""
        self._calls.call("PUT", f"/members/{user}/role", type(None), body=body, key=idempotency_key)

    def remove(self, user: int, *, idempotency_key: str | None = None) -> None:
        """Remove a member. End a membership."""
        self._calls.call("DELETE", f"/members/{user}", type(None), key=idempotency_key)

    def invite(
        self, body: ColleagueInvitation, *, idempotency_key: str | None = None
    ) -> ColleagueInvitedAnswer:
        """Invite somebody. Invite somebody by e-mail."""
        return self._calls.call(
            "POST", "/invitations", ColleagueInvitedAnswer, body=body, key=idempotency_key
        )

    def resend(self, invitation: int, *, idempotency_key: str | None = None) -> ColleagueInvitedAnswer:
        """Send an invitation again. Send a new link; the old one is void."""
        return self._calls.call(
            "POST", f"/invitations/{invitation}/resend", ColleagueInvitedAnswer, key=idempotency_key
        )

    def withdraw(self, invitation: int, *, idempotency_key: str | None = None) -> None:
        """Withdraw an invitation. Make its link void."""
        self._calls.call("DELETE", f"/invitations/{invitation}", type(None), key=idempotency_key)

    def create_key(self, body: KeyWanted, *, idempotency_key: str | None = None) -> NewKeyAnswer:
        """Make a key. Make a key that may do no more than this one."""
        return self._calls.call("POST", "/keys", NewKeyAnswer, body=body, key=idempotency_key)

    def rotate_key(self, key: int, body: KeyOverlap, *, idempotency_key: str | None = None) -> NewKeyAnswer:
        """Replace a key. A successor with the same scopes; the old key works on for the overlap."""
        return self._calls.call("POST", f"/keys/{key}/rotate", NewKeyAnswer, body=body, key=idempotency_key)

    def revoke_key(self, key: int, *, idempotency_key: str | None = None) -> None:
        """Revoke a key. From now on it opens nothing."""
        self._calls.call("DELETE", f"/keys/{key}", type(None), key=idempotency_key)

    def give_or_ask(self, body: MandateWanted, *, idempotency_key: str | None = None) -> MandateAnswer:
        """Give or ask for a mandate. An advertiser gives it at once; an agency asks, and waits for the
        advertiser's yes.
        """
        return self._calls.call("POST", "/mandates", MandateAnswer, body=body, key=idempotency_key)

    def grant(self, mandate: int, *, idempotency_key: str | None = None) -> MandateAnswer:
        """Grant a mandate. Say yes to an agency that asked."""
        return self._calls.call("POST", f"/mandates/{mandate}/grant", MandateAnswer, key=idempotency_key)

    def letters(
        self, mandate: int, body: LettersWanted, *, idempotency_key: str | None = None
    ) -> MandateAnswer:
        """Letters about an advertiser. Whether your agency's people are written to about an advertiser
        that it acts for.
        """
        return self._calls.call(
            "POST", f"/mandates/{mandate}/letters", MandateAnswer, body=body, key=idempotency_key
        )

    def end(self, mandate: int, *, idempotency_key: str | None = None) -> None:
        """End a mandate. End it, turn it down or take it back."""
        self._calls.call("DELETE", f"/mandates/{mandate}", type(None), key=idempotency_key)

    def create(self, body: TenantWanted, *, idempotency_key: str | None = None) -> OrganisationAnswer:
        """Create an organisation. Create an organisation of any kind and invite its first owner."""
        return self._calls.call("POST", "/organisations", OrganisationAnswer, body=body, key=idempotency_key)

    def tenant_invite(
        self, organisation: int, body: ColleagueInvitation, *, idempotency_key: str | None = None
    ) -> ColleagueInvitedAnswer:
        """Invite somebody into an organisation. For an organisation whose owner is lost."""
        return self._calls.call(
            "POST",
            f"/organisations/{organisation}/invitations",
            ColleagueInvitedAnswer,
            body=body,
            key=idempotency_key,
        )

    def approve(self, organisation: int, *, idempotency_key: str | None = None) -> OrganisationAnswer:
        """Approve a newcomer. Let it do business."""
        return self._calls.call(
            "POST", f"/organisations/{organisation}/approve", OrganisationAnswer, key=idempotency_key
        )

    def suspend(
        self, organisation: int, body: OrganisationReasonGiven, *, idempotency_key: str | None = None
    ) -> OrganisationAnswer:
        """Suspend an organisation. Keep it out, for a reason."""
        return self._calls.call(
            "POST",
            f"/organisations/{organisation}/suspend",
            OrganisationAnswer,
            body=body,
            key=idempotency_key,
        )

    def restore(self, organisation: int, *, idempotency_key: str | None = None) -> OrganisationAnswer:
        """Restore an organisation. Let it act again."""
        return self._calls.call(
            "POST", f"/organisations/{organisation}/restore", OrganisationAnswer, key=idempotency_key
        )

    def approval(self, body: ApprovalChange, *, idempotency_key: str | None = None) -> None:
        """Whether newcomers wait. Whether newcomers wait for the operator before they do business."""
        self._calls.call("PUT", "/sign-up/approval", type(None), body=body, key=idempotency_key)
