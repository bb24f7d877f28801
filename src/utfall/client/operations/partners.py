"""The operations of partners."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Sequence

from utfall.client.models.commission import Verdicts
from utfall.client.models.partners import (
    OverrideAnswer,
    PartnerLetterAnswer,
    PartnershipAnswer,
    ProfileAnswer,
    ProgramMailInvitationAnswer,
    PropertyAnswer,
    SplitAnswer,
    VerificationStarted,
)
from utfall.client.models.partners_sent import (
    ApplicationDecision,
    ApplicationSent,
    GroupMove,
    InvitationReply,
    NumberedApplicationDecision,
    NumberedGroupMove,
    OverrideSent,
    PartnerLetterWanted,
    PartnershipBan,
    PartnershipReasonGiven,
    ProfileWanted,
    ProgramInvitation,
    ProgramMailInvitation,
    PropertyWanted,
    SharingEnded,
    SplitSent,
)
from utfall.client.operations.partners_reading import PartnersReading


class Partners(PartnersReading):
    """Partners."""

    def set_profile(self, body: ProfileWanted, *, idempotency_key: str | None = None) -> ProfileAnswer:
        """Change the profile. All of it at once."""
        return self._calls.call("PUT", "/profile", ProfileAnswer, body=body, key=idempotency_key)

    def add_property(self, body: PropertyWanted, *, idempotency_key: str | None = None) -> PropertyAnswer:
        """Add a property. With one way to promote."""
        return self._calls.call("POST", "/properties", PropertyAnswer, body=body, key=idempotency_key)

    def change_property(
        self, property: int, body: PropertyWanted, *, idempotency_key: str | None = None
    ) -> PropertyAnswer:
        """Change a property. Another address has to be verified anew."""
        return self._calls.call(
            "PUT", f"/properties/{property}", PropertyAnswer, body=body, key=idempotency_key
        )

    def archive_property(self, property: int, *, idempotency_key: str | None = None) -> None:
        """Put a property away. Links on it go on."""
        self._calls.call("DELETE", f"/properties/{property}", type(None), key=idempotency_key)

    def verify_property(self, property: int, *, idempotency_key: str | None = None) -> VerificationStarted:
        """Verify a property. Look for the mark in the background."""
        return self._calls.call(
            "POST", f"/properties/{property}/verify", VerificationStarted, key=idempotency_key
        )

    def restore_property(self, property: int, *, idempotency_key: str | None = None) -> PropertyAnswer:
        """Take a property out again. One that was put away."""
        return self._calls.call(
            "POST", f"/properties/{property}/restore", PropertyAnswer, key=idempotency_key
        )

    def move(
        self, partnership: int, body: GroupMove, *, idempotency_key: str | None = None
    ) -> PartnershipAnswer:
        """Move into a group. What was earned until now stays as it was agreed."""
        return self._calls.call(
            "PUT", f"/partnerships/{partnership}/group", PartnershipAnswer, body=body, key=idempotency_key
        )

    def move_several(
        self, rows: Sequence[NumberedGroupMove], *, idempotency_key: str | None = None
    ) -> Verdicts:
        """Move several into groups. Each row has a verdict of its own."""
        return self._calls.call(
            "POST", "/partnerships/move", Verdicts, body={"rows": rows}, key=idempotency_key
        )

    def pause(
        self, partnership: int, body: PartnershipReasonGiven, *, idempotency_key: str | None = None
    ) -> PartnershipAnswer:
        """Pause. Clicks still reach the site but earn nothing."""
        return self._calls.call(
            "POST", f"/partnerships/{partnership}/pause", PartnershipAnswer, body=body, key=idempotency_key
        )

    def resume(self, partnership: int, *, idempotency_key: str | None = None) -> PartnershipAnswer:
        """Resume. A paused partner earns again."""
        return self._calls.call(
            "POST", f"/partnerships/{partnership}/resume", PartnershipAnswer, key=idempotency_key
        )

    def ban(
        self, partnership: int, body: PartnershipBan, *, idempotency_key: str | None = None
    ) -> PartnershipAnswer:
        """Ban. End it for good."""
        return self._calls.call(
            "POST", f"/partnerships/{partnership}/ban", PartnershipAnswer, body=body, key=idempotency_key
        )

    def lift_ban(
        self, partnership: int, body: PartnershipReasonGiven, *, idempotency_key: str | None = None
    ) -> PartnershipAnswer:
        """Lift a ban. The publisher may apply again."""
        return self._calls.call(
            "POST", f"/partnerships/{partnership}/lift-ban", PartnershipAnswer, body=body, key=idempotency_key
        )

    def write(
        self, partnership: int, body: PartnerLetterWanted, *, idempotency_key: str | None = None
    ) -> PartnerLetterAnswer:
        """Write to a partner. Send a letter; it is kept with the partnership."""
        return self._calls.call(
            "POST",
            f"/partnerships/{partnership}/letters",
            PartnerLetterAnswer,
            body=body,
            key=idempotency_key,
        )

    def answer(
        self, partnership: int, body: InvitationReply, *, idempotency_key: str | None = None
    ) -> PartnershipAnswer:
        """Answer an invitation. Accept or decline."""
        return self._calls.call(
            "POST", f"/partnerships/{partnership}/answer", PartnershipAnswer, body=body, key=idempotency_key
        )

    def leave(self, partnership: int, *, idempotency_key: str | None = None) -> PartnershipAnswer:
        """Leave a program. Clicks stop earning at once; what was earned stays."""
        return self._calls.call(
            "POST", f"/partnerships/{partnership}/leave", PartnershipAnswer, key=idempotency_key
        )

    def apply(self, body: ApplicationSent, *, idempotency_key: str | None = None) -> PartnershipAnswer:
        """Apply to a program. A program that lets everybody in answers at once."""
        return self._calls.call("POST", "/applications", PartnershipAnswer, body=body, key=idempotency_key)

    def decide(
        self, application: int, body: ApplicationDecision, *, idempotency_key: str | None = None
    ) -> PartnershipAnswer:
        """Decide about an application. Approve it, into a group if one is named, or reject it with a
        reason.
        """
        return self._calls.call(
            "POST", f"/applications/{application}/decide", PartnershipAnswer, body=body, key=idempotency_key
        )

    def decide_several(
        self, rows: Sequence[NumberedApplicationDecision], *, idempotency_key: str | None = None
    ) -> Verdicts:
        """Decide about several. Each row has a verdict of its own."""
        return self._calls.call(
            "POST", "/applications/decide", Verdicts, body={"rows": rows}, key=idempotency_key
        )

    def withdraw(self, application: int, *, idempotency_key: str | None = None) -> PartnershipAnswer:
        """Take an application back. Before it is decided."""
        return self._calls.call(
            "POST", f"/applications/{application}/withdraw", PartnershipAnswer, key=idempotency_key
        )

    def invite(self, body: ProgramInvitation, *, idempotency_key: str | None = None) -> PartnershipAnswer:
        """Invite a publisher. Into a live program; it need not apply, only accept."""
        return self._calls.call(
            "POST", "/partner-invitations", PartnershipAnswer, body=body, key=idempotency_key
        )

    def invite_by_mail(
        self, body: ProgramMailInvitation, *, idempotency_key: str | None = None
    ) -> ProgramMailInvitationAnswer:
        """Invite somebody by e-mail. Who has no account makes one on the way."""
        return self._calls.call(
            "POST", "/mail-invitations", ProgramMailInvitationAnswer, body=body, key=idempotency_key
        )

    def withdraw_mail_invitation(self, mail_invitation: int, *, idempotency_key: str | None = None) -> None:
        """Withdraw an invitation by e-mail. Its link stops working."""
        self._calls.call("DELETE", f"/mail-invitations/{mail_invitation}", type(None), key=idempotency_key)

    def add_split(self, body: SplitSent, *, idempotency_key: str | None = None) -> SplitAnswer:
        """Share a commission. From now on or later, what a publisher wins in a program is shared with
        others.
        """
        return self._calls.call("POST", "/splits", SplitAnswer, body=body, key=idempotency_key)

    def end_split(self, split: int, body: SharingEnded, *, idempotency_key: str | None = None) -> SplitAnswer:
        """End a split. Orders that were placed before stay shared."""
        return self._calls.call("POST", f"/splits/{split}/end", SplitAnswer, body=body, key=idempotency_key)

    def keep_split(self, split: int, *, idempotency_key: str | None = None) -> SplitAnswer:
        """Take back the end of a split. While its end is still to come: it holds on without one."""
        return self._calls.call("POST", f"/splits/{split}/keep", SplitAnswer, key=idempotency_key)

    def add_override(self, body: OverrideSent, *, idempotency_key: str | None = None) -> OverrideAnswer:
        """Give a parent a share. On top it is agreed by the advertiser of the program; out of the child's
        own by the child.
        """
        return self._calls.call("POST", "/overrides", OverrideAnswer, body=body, key=idempotency_key)

    def end_override(
        self, override: int, body: SharingEnded, *, idempotency_key: str | None = None
    ) -> OverrideAnswer:
        """End an override. Orders that were placed before stay as they are."""
        return self._calls.call(
            "POST", f"/overrides/{override}/end", OverrideAnswer, body=body, key=idempotency_key
        )

    def keep_override(self, override: int, *, idempotency_key: str | None = None) -> OverrideAnswer:
        """Take back the end of an override. While its end is still to come: it holds on without one."""
        return self._calls.call("POST", f"/overrides/{override}/keep", OverrideAnswer, key=idempotency_key)
