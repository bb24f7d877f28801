"""An organisation's own operations of the API: itself, its people, keys and mandates."""

from datetime import timedelta

from utfall.portal.access import Kind, Permission
from utfall.portal.people import facade, schemas
from utfall.portal.people.chapter import endpoints
from utfall.portal.people.contracts import (
    Invited,
    Key,
    MandateView,
    Member,
    NewKey,
    OrganisationView,
)
from utfall.portal.rest.facade import ApiRequest

PEOPLE, TRACK = Permission.PEOPLE, Permission.TRACK
SIDES = frozenset({Kind.ADVERTISER, Kind.AGENCY})
TRACKED = frozenset({Kind.ADVERTISER, Kind.AGENCY, Kind.OPERATOR})


@endpoints.get("/organisation", answers=schemas.OrganisationAnswer, summary="The key's organisation")
def organisation(request: ApiRequest) -> OrganisationView:
    """The organisation the key speaks for."""
    return facade.organisation(request.caller)


@endpoints.patch(
    "/organisation",
    answers=schemas.OrganisationAnswer,
    needs=Permission.MANAGE,
    summary="Change the organisation",
)
def change_organisation(request: ApiRequest, body: schemas.OrganisationChange) -> OrganisationView:
    """Change what it says of itself."""
    told = body.dict(exclude={"why"})
    return facade.change_organisation(request.caller, facade.Particulars(**told), why=body.why)


@endpoints.put(
    "/organisation/second-factor",
    answers=schemas.OrganisationAnswer,
    needs=PEOPLE,
    summary="Ask for a second factor",
)
def second_factor(request: ApiRequest, body: schemas.SecondFactorChange) -> OrganisationView:
    """Ask it of nobody, of those who see to money, or of everybody."""
    return facade.require_second_factor(request.caller, body.second_factor)


@endpoints.put("/organisation/pixel", needs=TRACK, kinds=TRACKED, summary="Accept or refuse the pixel")
def pixel(request: ApiRequest, body: schemas.PixelChange) -> None:
    """Whether browsers may tell of an advertiser's orders."""
    facade.accept_pixel(request.caller, body.accepts_pixel, body.advertiser)


@endpoints.post(
    "/organisation/postback-secret",
    answers=schemas.SecretAnswer,
    needs=TRACK,
    kinds=TRACKED,
    summary="Renew the postback secret",
)
def postback_secret(request: ApiRequest, body: schemas.AdvertiserNamed) -> dict[str, str]:
    """A new secret for postbacks; the one before is void."""
    return {"secret": facade.renew_postback_secret(request.caller, body.advertiser)}


@endpoints.post("/organisation/close", needs=PEOPLE, summary="Close the organisation")
def close(request: ApiRequest, body: schemas.Why) -> None:
    """Close it for good; this very key stops working, too."""
    facade.close_organisation(request.caller, body.why)


@endpoints.get("/members", answers=list[schemas.MemberAnswer], summary="Members")
def members(request: ApiRequest) -> list[Member]:
    """Everybody of the organisation, owners first."""
    return facade.members(request.caller)


@endpoints.put("/members/{int:user}/role", needs=PEOPLE, summary="Change a role")
def role(request: ApiRequest, user: int, body: schemas.RoleChange) -> None:
    """Give a member another role; there is always an owner."""
    facade.change_role(request.caller, user, body.role)


@endpoints.delete("/members/{int:user}", needs=PEOPLE, summary="Remove a member")
def remove(request: ApiRequest, user: int) -> None:
    """End a membership."""
    facade.remove(request.caller, user)


@endpoints.get("/invitations", answers=list[schemas.InvitedAnswer], needs=PEOPLE, summary="Open invitations")
def invitations(request: ApiRequest) -> list[Invited]:
    """Invitations that nobody accepted yet."""
    return facade.invitations(request.caller)


@endpoints.post(
    "/invitations", answers=schemas.InvitedAnswer, needs=PEOPLE, status=201, summary="Invite somebody"
)
def invite(request: ApiRequest, body: schemas.NewInvitation) -> Invited:
    """Invite somebody by e-mail."""
    return facade.invite(request.caller, body.email, body.role)


@endpoints.post(
    "/invitations/{int:invitation}/resend",
    answers=schemas.InvitedAnswer,
    needs=PEOPLE,
    summary="Send an invitation again",
)
def resend(request: ApiRequest, invitation: int) -> Invited:
    """Send a new link; the old one is void."""
    return facade.resend(request.caller, invitation)


@endpoints.delete("/invitations/{int:invitation}", needs=PEOPLE, summary="Withdraw an invitation")
def withdraw(request: ApiRequest, invitation: int) -> None:
    """Make its link void."""
    facade.withdraw(request.caller, invitation)


@endpoints.get("/key", answers=schemas.ThisKeyAnswer, summary="What this key may do")
def this_key(request: ApiRequest) -> schemas.ThisKeyAnswer:
    """Whom it speaks for, with which scopes, and whose records are within its reach."""
    caller = request.caller
    return schemas.ThisKeyAnswer(
        organisation=caller.name,
        slug=caller.slug,
        kind=caller.kind,
        number=caller.number,
        role=caller.role,
        scopes=sorted(caller.grants),
        advertisers=sorted(caller.advertisers),
        publishers=sorted(caller.publishers),
        sees_all=caller.sees_all,
    )


@endpoints.get("/keys", answers=list[schemas.KeyAnswer], needs=TRACK, summary="API keys")
def keys(request: ApiRequest) -> list[Key]:
    """The organisation's keys, newest first."""
    return facade.keys(request.caller)


@endpoints.post("/keys", answers=schemas.NewKeyAnswer, needs=TRACK, status=201, summary="Make a key")
def create_key(request: ApiRequest, body: schemas.KeyWanted) -> NewKey:
    """Make a key that may do no more than this one."""
    return facade.create_key(
        request.caller, body.name, body.scopes, role=body.role, expires_at=body.expires_at
    )


@endpoints.post(
    "/keys/{int:key}/rotate",
    answers=schemas.NewKeyAnswer,
    needs=TRACK,
    status=201,
    summary="Replace a key",
)
def rotate_key(request: ApiRequest, key: int, body: schemas.Overlap) -> NewKey:
    """A successor with the same scopes; the old key works on for the overlap."""
    return facade.rotate_key(request.caller, key, overlap=timedelta(hours=body.overlap_hours))


@endpoints.delete("/keys/{int:key}", needs=TRACK, summary="Revoke a key")
def revoke_key(request: ApiRequest, key: int) -> None:
    """From now on it opens nothing."""
    facade.revoke_key(request.caller, key)


@endpoints.get("/mandates", answers=list[schemas.MandateAnswer], kinds=SIDES, summary="Mandates")
def mandates(request: ApiRequest) -> list[MandateView]:
    """Those asked for and in force."""
    return facade.mandates(request.caller)


@endpoints.post(
    "/mandates",
    answers=schemas.MandateAnswer,
    needs=PEOPLE,
    kinds=SIDES,
    status=201,
    summary="Give or ask for a mandate",
)
def give_or_ask(request: ApiRequest, body: schemas.MandateWanted) -> MandateView:
    """An advertiser gives it at once; an agency asks, and waits for the advertiser's yes."""
    if request.caller.kind is Kind.AGENCY:
        return facade.ask(request.caller, body.party)
    return facade.give(request.caller, body.party)


@endpoints.post(
    "/mandates/{int:mandate}/grant",
    answers=schemas.MandateAnswer,
    needs=PEOPLE,
    kinds=frozenset({Kind.ADVERTISER}),
    summary="Grant a mandate",
)
def grant(request: ApiRequest, mandate: int) -> MandateView:
    """Say yes to an agency that asked."""
    return facade.grant(request.caller, mandate)


@endpoints.post(
    "/mandates/{int:mandate}/letters",
    answers=schemas.MandateAnswer,
    needs=Permission.MANAGE,
    kinds=frozenset({Kind.AGENCY}),
    summary="Letters about an advertiser",
)
def letters(request: ApiRequest, mandate: int, body: schemas.LettersWanted) -> MandateView:
    """Whether your agency's people are written to about an advertiser that it acts for."""
    return facade.write_of(request.caller, mandate, body.wanted)


@endpoints.delete("/mandates/{int:mandate}", needs=PEOPLE, kinds=SIDES, summary="End a mandate")
def end(request: ApiRequest, mandate: int) -> None:
    """End it, turn it down or take it back."""
    facade.end(request.caller, mandate)
