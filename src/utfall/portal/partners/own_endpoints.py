"""Operations on what a publisher tells of itself and owns."""

from utfall.portal.access import Permission
from utfall.portal.partners import facade, schemas
from utfall.portal.partners.chapter import SELLING, endpoints
from utfall.portal.partners.contracts import ProfileView, PropertyDraft, PropertyView
from utfall.portal.rest.facade import ApiRequest

MANAGE = Permission.MANAGE


@endpoints.get("/profile", answers=schemas.ProfileAnswer, kinds=SELLING, summary="The own profile")
def profile(request: ApiRequest) -> ProfileView:
    """What advertisers read."""
    return facade.profile(request.caller, request.caller.number)


@endpoints.put(
    "/profile", answers=schemas.ProfileAnswer, needs=MANAGE, kinds=SELLING, summary="Change the profile"
)
def set_profile(request: ApiRequest, body: schemas.ProfileWanted) -> ProfileView:
    """All of it at once."""
    wanted = ProfileView(
        publisher=request.caller.number,
        headline=body.headline,
        description=body.description,
        countries=tuple(body.countries),
        languages=tuple(body.languages),
        categories=tuple(body.categories),
        monthly_visitors=body.monthly_visitors,
        listed=body.listed,
    )
    return facade.set_profile(request.caller, wanted)


@endpoints.get("/properties", answers=list[schemas.PropertyAnswer], kinds=SELLING, summary="Properties")
def properties(request: ApiRequest, archived: bool = False) -> list[PropertyView]:
    """Sites, apps, channels and lists; or those that were put away."""
    return facade.properties(request.caller, archived=archived)


@endpoints.post(
    "/properties",
    answers=schemas.PropertyAnswer,
    needs=MANAGE,
    kinds=SELLING,
    status=201,
    summary="Add a property",
)
def add_property(request: ApiRequest, body: schemas.PropertyWanted) -> PropertyView:
    """With one way to promote."""
    return facade.add_property(request.caller, _drafted(body))


@endpoints.get(
    "/properties/{int:property}", answers=schemas.PropertyAnswer, kinds=SELLING, summary="One property"
)
def one_property(request: ApiRequest, property: int) -> PropertyView:
    """One of the publisher's own."""
    return facade.own_property(request.caller, property)


@endpoints.put(
    "/properties/{int:property}",
    answers=schemas.PropertyAnswer,
    needs=MANAGE,
    kinds=SELLING,
    summary="Change a property",
)
def change_property(request: ApiRequest, property: int, body: schemas.PropertyWanted) -> PropertyView:
    """Another address has to be verified anew."""
    return facade.change_property(request.caller, property, _drafted(body))


@endpoints.post(
    "/properties/{int:property}/verify",
    answers=schemas.Started,
    needs=MANAGE,
    kinds=SELLING,
    status=202,
    summary="Verify a property",
)
def verify_property(request: ApiRequest, property: int) -> dict[str, int]:
    """Look for the mark in the background."""
    return {"work": facade.verify_property(request.caller, property)}


@endpoints.delete("/properties/{int:property}", needs=MANAGE, kinds=SELLING, summary="Put a property away")
def archive_property(request: ApiRequest, property: int) -> None:
    """Links on it go on."""
    facade.archive_property(request.caller, property)


@endpoints.post(
    "/properties/{int:property}/restore",
    answers=schemas.PropertyAnswer,
    needs=MANAGE,
    kinds=SELLING,
    summary="Take a property out again",
)
def restore_property(request: ApiRequest, property: int) -> PropertyView:
    """One that was put away."""
    return facade.archive_property(request.caller, property, restore=True)


def _drafted(body: schemas.PropertyWanted) -> PropertyDraft:
    return PropertyDraft(
        kind=body.kind,
        name=body.name,
        promotion_type=body.promotion_type.value,
        url=body.url,
        audience={} if body.monthly is None else {"monthly": body.monthly},
    )
