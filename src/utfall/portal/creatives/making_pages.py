"""Pages that make and change creatives: uploads, words, native ads, and the way to partners."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, NotFound, Permission, Refused
from utfall.portal.access.errors import Words
from utfall.portal.access.paging import whole
from utfall.portal.creatives import facade
from utfall.portal.creatives.contracts import CreativeView, FileVerdict, Kind, Upload
from utfall.portal.creatives.forms import CopyForm, CreativeForm, NativeForm, RejectForm, UploadForm, told
from utfall.portal.creatives.gallery_pages import one
from utfall.portal.creatives.listed import OWNING, back, pages, posted, program_choices
from utfall.portal.look.forms import blame, say_why

CLICK_TAG: Final = """<meta name="ad.size" content="width=300,height=250">
<script>
  const clickTag = new URLSearchParams(location.search).get("clickTag");
</script>
<a href="#" onclick="window.open(clickTag); return false">…</a>"""


@pages.page(
    "creatives/upload/",
    name="upload",
    needs=Permission.MANAGE,
    kinds=OWNING,
    methods=("GET", "POST"),
    takes=facade.SENT_AT_MOST,
)
def upload(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Upload files: one, or many at once with a verdict for each."""
    form = UploadForm(posted(request), programs=program_choices(caller), initial=_initial(request))
    verdicts: list[FileVerdict] = []
    if request.method == "POST" and form.is_valid():
        files = [Upload(one.name or "", one.file) for one in request.FILES.getlist("files") if one.file]
        try:
            verdicts = facade.upload_many(caller, form.draft(), files)
        except Refused as refused:
            blame(form, refused)
    context: dict[str, Any] = {
        "form": form,
        "verdicts": verdicts,
        "made": sum(verdict.view is not None for verdict in verdicts),
        "click_tag": CLICK_TAG,
        "needs_review": facade.needs_review(),
    }
    template = "creatives/verdicts.html" if request.headers.get("HX-Request") else "creatives/upload.html"
    refused_all = bool(verdicts) and not context["made"]
    status = 422 if form.errors or refused_all else 200
    return render(request, template, context, status=status)


@pages.page("creatives/text/", name="text", needs=Permission.MANAGE, kinds=OWNING, methods=("GET", "POST"))
def text(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Write a text creative."""
    form = CopyForm(posted(request), programs=program_choices(caller), initial=_initial(request))
    form.fields.pop("alt")
    return _made(
        request, caller, form, lambda: facade.write_text(caller, form.draft(), form.copy()), kind=Kind.TEXT
    )


@pages.page(
    "creatives/native/",
    name="native",
    needs=Permission.MANAGE,
    kinds=OWNING,
    methods=("GET", "POST"),
    takes=facade.SENT_AT_MOST,
)
def native(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Write a native ad."""
    form = NativeForm(
        posted(request),
        request.FILES if request.method == "POST" else None,
        programs=program_choices(caller),
        initial=_initial(request),
    )

    def make() -> CreativeView:
        image, icon = (_file(request, name) for name in ("image", "icon"))
        assert image is not None, "the form insists on it"
        return facade.write_native(caller, form.draft(), form.copy(), image, icon)

    return _made(request, caller, form, make, kind=Kind.NATIVE)


@pages.page(
    "creatives/<int:creative>/change/",
    name="change",
    needs=Permission.MANAGE,
    kinds=OWNING,
    methods=("GET", "POST"),
)
def change(request: HttpRequest, caller: Caller, creative: int) -> HttpResponse:
    """Change what is said of a creative."""
    view = facade.creative(caller, creative)
    form = _change_form(request, caller, view)
    if request.method == "POST" and form.is_valid():
        try:
            form.cleaned_data["program"] = view.program
            copy = form.copy() if isinstance(form, CopyForm) else None
            facade.change(caller, creative, form.draft(), copy)
            messages.success(request, _("Saved."))
            return back(caller, "creative", creative=creative)
        except Refused as refused:
            blame(form, refused)
    context = {"form": form, "view": view, "is_words": view.kind in (Kind.TEXT, Kind.NATIVE)}
    return render(request, "creatives/change.html", context, status=422 if form.errors else 200)


@pages.page(
    "creatives/<int:creative>/reject/",
    name="reject",
    needs=Permission.MANAGE,
    kinds=OWNING,
    methods=("POST",),
)
def reject(request: HttpRequest, caller: Caller, creative: int) -> HttpResponse:
    """Send a creative back, with a reason."""
    form = RejectForm(request.POST)
    if form.is_valid():
        try:
            facade.reject(caller, creative, form.cleaned_data["reason"])
            messages.success(request, _("Sent back. Whoever made it reads why."))
            return back(caller, "creative", creative=creative)
        except Refused as refused:
            blame(form, refused)
    return one(request, caller, facade.creative(caller, creative), reject=form)


class Step:
    """Something that is done by one button: the facade's verb, and what is said afterwards."""

    def __init__(self, do: Callable[[Caller, int], CreativeView], words: Words) -> None:
        self.do = do
        self.words = words


STEPS: Final = {
    "submit": Step(facade.submit, gettext_lazy("Handed in.")),
    "approve": Step(facade.approve, gettext_lazy("Partners see it now.")),
    "archive": Step(facade.archive, gettext_lazy("Put away. You find it under the state “Archived”.")),
    "restore": Step(facade.restore, gettext_lazy("Taken out again, as a draft.")),
}


@pages.page(
    "creatives/<int:creative>/do/<slug:step>/",
    name="do",
    needs=Permission.MANAGE,
    kinds=OWNING,
    methods=("POST",),
)
def do(request: HttpRequest, caller: Caller, creative: int, step: str) -> HttpResponse:
    """One step on the way to partners, or away from them."""
    facade.creative(caller, creative)
    if step not in STEPS:
        raise NotFound
    try:
        STEPS[step].do(caller, creative)
        messages.success(request, str(STEPS[step].words))
    except Refused as refused:
        say_why(request, refused)
    return back(caller, "creative", creative=creative)


def _made(
    request: HttpRequest,
    caller: Caller,
    form: CopyForm,
    make: Callable[[], CreativeView],
    *,
    kind: Kind,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            made = make()
            messages.success(request, _("Made."))
            return back(caller, "creative", creative=made.id)
        except Refused as refused:
            blame(form, refused)
    context = {"form": form, "kind": kind, "needs_review": facade.needs_review()}
    return render(request, "creatives/write.html", context, status=422 if form.errors else 200)


def _change_form(request: HttpRequest, caller: Caller, view: CreativeView) -> CreativeForm:
    shape = {Kind.TEXT: CopyForm, Kind.NATIVE: NativeForm}.get(view.kind, CreativeForm)
    form = shape(posted(request), programs=program_choices(caller), initial=told(view))
    for fixed in ("program", "is_ready", "image", "icon", *(("alt",) if view.kind is Kind.TEXT else ())):
        form.fields.pop(fixed, None)
    return form


def _file(request: HttpRequest, name: str) -> Upload | None:
    found = request.FILES.get(name)
    return Upload(found.name or "", found.file) if found is not None and found.file else None


def _initial(request: HttpRequest) -> dict[str, Any]:
    return {"program": whole(request.GET.get("program", "")), "is_ready": True}
