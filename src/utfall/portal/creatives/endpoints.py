"""Creatives by API: everything that the pages do. Files are sent as multipart/form-data."""

from typing import Annotated, Any, Final

from django.utils.translation import gettext_lazy as _
from ninja import File, Form
from ninja.files import UploadedFile

from utfall.portal.access import Permission
from utfall.portal.creatives import facade
from utfall.portal.creatives.contracts import (
    Copy,
    CreativeDraft,
    CreativeFilter,
    CreativeView,
    Kind,
    Snippet,
    State,
    Upload,
)
from utfall.portal.creatives.listed import OWNING
from utfall.portal.rest.facade import (
    ApiRequest,
    Endpoints,
    Field,
    Listed,
    Moment,
    Number,
    Paging,
    Query,
    Schema,
    Status,
    Strict,
    listed,
)

endpoints = Endpoints("creatives", _("Creatives"))
Sent = Annotated[UploadedFile, File(description="The file itself.")]


class CopyAnswer(Schema):
    """The words of a text or native creative."""

    headline: str
    body: str
    call_to_action: str
    sponsored_by: str


class CreativeAnswer(Schema):
    """A creative as it stands."""

    id: int
    program: int
    advertiser: int
    kind: Kind
    state: State
    name: str
    language: str
    alt: str
    destination: str = Field(description="Where it leads; empty: where the partner's link does.")
    width: int
    height: int
    bytes: int
    duration_ms: int
    address: str = Field(description="Its file at the edge; empty where it is only words.")
    icon_address: str
    words: CopyAnswer
    starts_at: Moment | None
    ends_at: Moment | None
    is_shown: bool = Field(description="Whether partners see it now.")
    reason: str = Field(description="Why it was rejected.")
    created_at: Moment


class CreativeFilters(Paging):
    """Which creatives are wanted."""

    program: int | None = None
    kind: Kind | None = None
    state: State | None = None
    language: str = Field("", max_length=5)
    size: str = Field("", max_length=11, pattern="^([0-9]+x[0-9]+)?$", examples=["300x250"])
    search: str = Field("", max_length=100)


class CreativeForm(Strict):
    """What is said of a creative beside its file."""

    program: Number
    name: str = Field("", max_length=120)
    language: str = Field("", max_length=5)
    alt: str = Field("", max_length=200)
    destination: str = Field("", max_length=2000)
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    width: int = Field(0, ge=0, le=4000, description="Only where an HTML5 creative does not say it.")
    height: int = Field(0, ge=0, le=4000)
    is_ready: bool = Field(False, description="Hand it in at once; otherwise it is a draft.")


class TextForm(CreativeForm):
    """A text creative."""

    headline: str = Field(min_length=1, max_length=90)
    body: str = Field("", max_length=300)
    call_to_action: str = Field("", max_length=30)


class NativeForm(TextForm):
    """A native ad."""

    sponsored_by: str = Field(min_length=1, max_length=60)


class CreativeChange(Strict):
    """What changes; a field that is left out stays."""

    name: str | None = Field(None, max_length=120)
    language: str | None = Field(None, max_length=5)
    alt: str | None = Field(None, max_length=200)
    destination: str | None = Field(None, max_length=2000)
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    headline: str | None = Field(None, max_length=90)
    body: str | None = Field(None, max_length=300)
    call_to_action: str | None = Field(None, max_length=30)
    sponsored_by: str | None = Field(None, max_length=60)


class Rejecting(Strict):
    """Why a creative is sent back."""

    reason: str = Field(min_length=1, max_length=500)


class SnippetAnswer(Schema):
    """The HTML that shows a creative by one link."""

    creative: int
    link: int
    code: str
    click_address: str
    pixel_address: str


class SnippetQuery(Strict):
    """By which link."""

    link: Number


COPY: Final = ("headline", "body", "call_to_action", "sponsored_by")


@endpoints.get("/creatives", answers=Listed[CreativeAnswer], summary="Creatives, newest first")
def creatives(request: ApiRequest, filters: Query[CreativeFilters]) -> dict[str, Any]:
    """One's own; to a publisher those of the programs it takes part in, approved and within their dates."""
    wanted = CreativeFilter(**filters.dict(exclude={"after", "limit"}))
    return listed(facade.creatives(request.caller, wanted, after=filters.after, count=filters.limit))


@endpoints.get("/creatives/{int:creative}", answers=CreativeAnswer, summary="One creative")
def creative(request: ApiRequest, creative: int) -> CreativeView:
    """A creative that the caller may see."""
    return facade.creative(request.caller, creative)


@endpoints.post(
    "/creatives",
    needs=Permission.MANAGE,
    kinds=OWNING,
    answers=CreativeAnswer,
    status=201,
    summary="Upload a creative",
    takes=facade.SENT_AT_MOST,
)
def upload(request: ApiRequest, file: Sent, details: Form[CreativeForm]) -> Any:
    """An image (PNG, JPEG, GIF, WebP, AVIF), an HTML5 zip or a video (MP4, WebM), told apart by content."""
    return Status(201, facade.upload(request.caller, CreativeDraft(**details.dict()), _upload(file)))


@endpoints.post(
    "/creatives/texts",
    needs=Permission.MANAGE,
    kinds=OWNING,
    answers=CreativeAnswer,
    status=201,
    summary="Make a text creative",
)
def write_text(request: ApiRequest, details: TextForm) -> Any:
    """A headline, maybe a line below it and a call to action."""
    return Status(201, facade.write_text(request.caller, *_draft_and_copy(details)))


@endpoints.post(
    "/creatives/natives",
    needs=Permission.MANAGE,
    kinds=OWNING,
    answers=CreativeAnswer,
    status=201,
    summary="Make a native ad",
    takes=facade.SENT_AT_MOST,
)
def write_native(
    request: ApiRequest, image: Sent, details: Form[NativeForm], icon: Sent | None = None
) -> Any:
    """Words that a publisher sets in its own design, an image and maybe a square icon."""
    small = _upload(icon) if icon is not None else None
    return Status(201, facade.write_native(request.caller, *_draft_and_copy(details), _upload(image), small))


@endpoints.patch(
    "/creatives/{int:creative}",
    needs=Permission.MANAGE,
    kinds=OWNING,
    answers=CreativeAnswer,
    summary="Change what is said of a creative",
)
def change(request: ApiRequest, creative: int, details: CreativeChange) -> CreativeView:
    """Its file stays: another file is another creative."""
    view = facade.creative(request.caller, creative)
    names = ("name", "language", "alt", "destination", "starts_at", "ends_at")
    said = {name: getattr(view, name) for name in names}
    words = {name: getattr(view.words, name) for name in COPY}
    for name, value in details.dict(exclude_unset=True).items():
        kept = words if name in words else said
        kept[name] = value if value is not None or name in ("starts_at", "ends_at") else ""
    copy = Copy(**words) if view.kind in (Kind.TEXT, Kind.NATIVE) else None
    return facade.change(request.caller, creative, CreativeDraft(program=view.program, **said), copy)


@endpoints.post(
    "/creatives/{int:creative}/submit",
    needs=Permission.MANAGE,
    kinds=OWNING,
    answers=CreativeAnswer,
    summary="Hand a draft in",
)
def submit(request: ApiRequest, creative: int) -> CreativeView:
    """Partners see it at once, or after a review where the operator wants one."""
    return facade.submit(request.caller, creative)


@endpoints.post(
    "/creatives/{int:creative}/approve",
    needs=Permission.MANAGE,
    kinds=OWNING,
    answers=CreativeAnswer,
    summary="Approve a creative",
)
def approve(request: ApiRequest, creative: int) -> CreativeView:
    """Show it to partners."""
    return facade.approve(request.caller, creative)


@endpoints.post(
    "/creatives/{int:creative}/reject",
    needs=Permission.MANAGE,
    kinds=OWNING,
    answers=CreativeAnswer,
    summary="Send a creative back",
)
def reject(request: ApiRequest, creative: int, details: Rejecting) -> CreativeView:
    """With a reason that whoever made it reads."""
    return facade.reject(request.caller, creative, details.reason)


@endpoints.post(
    "/creatives/{int:creative}/archive",
    needs=Permission.MANAGE,
    kinds=OWNING,
    answers=CreativeAnswer,
    summary="Put a creative away",
)
def archive(request: ApiRequest, creative: int) -> CreativeView:
    """Partners find it no longer; pages that show it go on doing so."""
    return facade.archive(request.caller, creative)


@endpoints.post(
    "/creatives/{int:creative}/restore",
    needs=Permission.MANAGE,
    kinds=OWNING,
    answers=CreativeAnswer,
    summary="Take a creative out again",
)
def restore(request: ApiRequest, creative: int) -> CreativeView:
    """As a draft."""
    return facade.restore(request.caller, creative)


@endpoints.get(
    "/creatives/{int:creative}/code", answers=SnippetAnswer, summary="The code that shows a creative"
)
def code(request: ApiRequest, creative: int, asked: Query[SnippetQuery]) -> Snippet:
    """HTML with the tracking link, the alternative text and the pixel that counts views."""
    return facade.snippet(request.caller, creative, asked.link)


def _upload(file: UploadedFile) -> Upload:
    return Upload(file.name or "", file.file)  # type: ignore[arg-type]


def _draft_and_copy(details: TextForm) -> tuple[CreativeDraft, Copy]:
    said = details.dict()
    words = {name: said.pop(name) for name in COPY if name in said}
    return CreativeDraft(**said), Copy(**words)
