"""Operations on partnerships and applications, for both sides, and on invitations."""

from typing import Any

from utfall.portal.access import Permission
from utfall.portal.access.roles import BUYERS
from utfall.portal.partners import facade, schemas
from utfall.portal.partners.chapter import BUYING, SELLING, endpoints
from utfall.portal.partners.contracts import (
    ApplicationDraft,
    ApplicationView,
    EnrolmentView,
    LetterView,
    MailInvitationView,
    PartnershipView,
)
from utfall.portal.rest.facade import ApiRequest, Listed, Query, Rows, bulk, listed

MANAGE = Permission.MANAGE


@endpoints.get("/partnerships", answers=Listed[schemas.PartnershipAnswer], summary="Partnerships")
def partnerships(request: ApiRequest, asked: Query[schemas.Partnerships]) -> dict[str, Any]:
    """The organisation's partnerships, newest first."""
    part = facade.partnerships(
        request.caller,
        program=asked.program,
        publisher=asked.publisher,
        group=asked.group,
        states=[asked.state] if asked.state else [],
        promotion_type=asked.promotion_type.value if asked.promotion_type else "",
        search=asked.q,
        after=asked.after,
        count=asked.limit,
    )
    return listed(part)


@endpoints.get(
    "/partnerships/{int:partnership}", answers=schemas.PartnershipAnswer, summary="One partnership"
)
def partnership(request: ApiRequest, partnership: int) -> PartnershipView:
    """How a publisher stands in a program."""
    return facade.partnership(request.caller, partnership)


@endpoints.get(
    "/partnerships/{int:partnership}/enrolments",
    answers=list[schemas.EnrolmentAnswer],
    summary="When it earned",
)
def enrolments(request: ApiRequest, partnership: int) -> list[EnrolmentView]:
    """The intervals in which the publisher earned, and in which group."""
    return facade.enrolments(request.caller, partnership)


@endpoints.put(
    "/partnerships/{int:partnership}/group",
    answers=schemas.PartnershipAnswer,
    needs=MANAGE,
    kinds=BUYING,
    summary="Move into a group",
)
def move(request: ApiRequest, partnership: int, body: schemas.Move) -> PartnershipView:
    """What was earned until now stays as it was agreed."""
    return facade.move(request.caller, partnership, body.group, why=body.why)


@endpoints.post(
    "/partnerships/move", needs=MANAGE, kinds=BUYING, bulk=True, summary="Move several into groups"
)
def move_several(request: ApiRequest, body: Rows[schemas.NumberedMove]) -> Any:
    """Each row has a verdict of its own."""

    def do(row: schemas.NumberedMove) -> dict[str, Any]:
        return _told(facade.move(request.caller, row.partnership, row.group, why=row.why))

    return bulk(body, do)


@endpoints.post(
    "/partnerships/{int:partnership}/pause",
    answers=schemas.PartnershipAnswer,
    needs=MANAGE,
    kinds=BUYING,
    summary="Pause",
)
def pause(request: ApiRequest, partnership: int, body: schemas.Why) -> PartnershipView:
    """Clicks still reach the site but earn nothing."""
    return facade.pause(request.caller, partnership, why=body.why)


@endpoints.post(
    "/partnerships/{int:partnership}/resume",
    answers=schemas.PartnershipAnswer,
    needs=MANAGE,
    kinds=BUYING,
    summary="Resume",
)
def resume(request: ApiRequest, partnership: int) -> PartnershipView:
    """A paused partner earns again."""
    return facade.resume(request.caller, partnership)


@endpoints.post(
    "/partnerships/{int:partnership}/ban",
    answers=schemas.PartnershipAnswer,
    needs=MANAGE,
    kinds=BUYING,
    summary="Ban",
)
def ban(request: ApiRequest, partnership: int, body: schemas.Ban) -> PartnershipView:
    """End it for good."""
    return facade.ban(request.caller, partnership, body.reason, why=body.why)


@endpoints.post(
    "/partnerships/{int:partnership}/lift-ban",
    answers=schemas.PartnershipAnswer,
    needs=MANAGE,
    kinds=BUYING,
    summary="Lift a ban",
)
def lift_ban(request: ApiRequest, partnership: int, body: schemas.Why) -> PartnershipView:
    """The publisher may apply again."""
    return facade.lift_ban(request.caller, partnership, why=body.why)


@endpoints.get(
    "/partnerships/{int:partnership}/letters", answers=list[schemas.LetterAnswer], summary="Letters"
)
def letters(request: ApiRequest, partnership: int) -> list[LetterView]:
    """What the partner was written, newest first."""
    return facade.letters(request.caller, partnership)


@endpoints.post(
    "/partnerships/{int:partnership}/letters",
    answers=schemas.LetterAnswer,
    needs=MANAGE,
    kinds=BUYING,
    status=201,
    summary="Write to a partner",
)
def write(request: ApiRequest, partnership: int, body: schemas.LetterWanted) -> LetterView:
    """Send a letter; it is kept with the partnership."""
    return facade.write(request.caller, partnership, body.subject, body.text)


@endpoints.post(
    "/partnerships/{int:partnership}/answer",
    answers=schemas.PartnershipAnswer,
    needs=MANAGE,
    kinds=SELLING,
    summary="Answer an invitation",
)
def answer(request: ApiRequest, partnership: int, body: schemas.Answer) -> PartnershipView:
    """Accept or decline."""
    return facade.answer(request.caller, partnership, accept=body.accept)


@endpoints.post(
    "/partnerships/{int:partnership}/leave",
    answers=schemas.PartnershipAnswer,
    needs=MANAGE,
    kinds=SELLING,
    summary="Leave a program",
)
def leave(request: ApiRequest, partnership: int) -> PartnershipView:
    """Clicks stop earning at once; what was earned stays."""
    return facade.leave(request.caller, partnership)


@endpoints.get("/applications", answers=Listed[schemas.ApplicationAnswer], summary="Applications")
def applications(request: ApiRequest, asked: Query[schemas.Applications]) -> dict[str, Any]:
    """Applications that concern the organisation, newest first."""
    part = facade.applications(
        request.caller,
        program=asked.program,
        publisher=asked.publisher,
        waiting=asked.waiting,
        after=asked.after,
        count=asked.limit,
    )
    return listed(part)


@endpoints.get(
    "/applications/{int:application}", answers=schemas.ApplicationAnswer, summary="One application"
)
def application(request: ApiRequest, application: int) -> ApplicationView:
    """What was asked and what became of it."""
    return facade.application(request.caller, application)


@endpoints.post(
    "/applications",
    answers=schemas.PartnershipAnswer,
    needs=MANAGE,
    kinds=SELLING,
    status=201,
    summary="Apply to a program",
)
def apply(request: ApiRequest, body: schemas.Apply) -> PartnershipView:
    """A program that lets everybody in answers at once."""
    told = body.dict()
    draft = ApplicationDraft(
        **told
        | {
            "promotion_types": tuple(one.value for one in body.promotion_types),
            "properties": tuple(body.properties),
        }
    )
    return facade.apply(request.caller, draft)


@endpoints.post(
    "/applications/{int:application}/decide",
    answers=schemas.PartnershipAnswer,
    needs=MANAGE,
    kinds=BUYING,
    summary="Decide about an application",
)
def decide(request: ApiRequest, application: int, body: schemas.Decision) -> PartnershipView:
    """Approve it, into a group if one is named, or reject it with a reason."""
    return _decide(request, application, body)


@endpoints.post("/applications/decide", needs=MANAGE, kinds=BUYING, bulk=True, summary="Decide about several")
def decide_several(request: ApiRequest, body: Rows[schemas.NumberedDecision]) -> Any:
    """Each row has a verdict of its own."""
    return bulk(body, lambda row: _told(_decide(request, row.application, row)))


def _decide(request: ApiRequest, application: int, body: schemas.Decision) -> PartnershipView:
    return facade.decide(
        request.caller,
        application,
        body.verdict,
        reason=body.reason,
        note=body.note,
        reapply=body.reapply,
        group=body.group,
    )


def _told(view: PartnershipView) -> dict[str, Any]:
    """A partnership as the verdict of a row holds it."""
    return {"partnership": view.id, "state": view.state.value, "group": view.group}


@endpoints.post(
    "/applications/{int:application}/withdraw",
    answers=schemas.PartnershipAnswer,
    needs=MANAGE,
    kinds=SELLING,
    summary="Take an application back",
)
def withdraw(request: ApiRequest, application: int) -> PartnershipView:
    """Before it is decided."""
    return facade.withdraw_application(request.caller, application)


@endpoints.post(
    "/partner-invitations",
    answers=schemas.PartnershipAnswer,
    needs=MANAGE,
    kinds=BUYING,
    status=201,
    summary="Invite a publisher",
)
def invite(request: ApiRequest, body: schemas.Invitation) -> PartnershipView:
    """Into a live program; it need not apply, only accept."""
    return facade.invite(request.caller, body.program, body.publisher, note=body.note, group=body.group)


@endpoints.get(
    "/mail-invitations",
    answers=list[schemas.MailInvitationAnswer],
    kinds=BUYERS,
    summary="Invitations by e-mail",
)
def mail_invitations(request: ApiRequest) -> list[MailInvitationView]:
    """Those that nobody has claimed, newest first."""
    return facade.mail_invitations(request.caller)


@endpoints.post(
    "/mail-invitations",
    answers=schemas.MailInvitationAnswer,
    needs=MANAGE,
    kinds=BUYING,
    status=201,
    summary="Invite somebody by e-mail",
)
def invite_by_mail(request: ApiRequest, body: schemas.MailInvitation) -> MailInvitationView:
    """Who has no account makes one on the way."""
    return facade.invite_by_mail(request.caller, body.program, body.email, note=body.note, group=body.group)


@endpoints.delete(
    "/mail-invitations/{int:mail_invitation}",
    needs=MANAGE,
    kinds=BUYING,
    summary="Withdraw an invitation by e-mail",
)
def withdraw_mail_invitation(request: ApiRequest, mail_invitation: int) -> None:
    """Its link stops working."""
    facade.withdraw_mail_invitation(request.caller, mail_invitation)
