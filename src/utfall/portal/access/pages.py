"""The registry of pages: a page is a route, the permission it needs, the kinds of organisations it is for.

    pages = Pages("programs")

    @pages.page("programs/<int:program>/", name="program", needs=Permission.LOOK, kinds=BUYERS)
    def program(request: HttpRequest, caller: Caller, program: int) -> HttpResponse: ...

Every page stands below `/<org>/`; the slug says for which organisation the user acts. Who is not signed in is
sent to sign in; who is no member learns nothing, not even that the organisation exists.
"""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Concatenate, Final, NamedTuple, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from utfall.portal.access.caller import Caller
from utfall.portal.access.errors import Forbidden, NotFound, Words, refuse
from utfall.portal.access.onlooking import admit, changing_nothing
from utfall.portal.access.roles import EVERYBODY, Kind, Permission

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Caller, P], HttpResponse]
FindCaller = Callable[[HttpRequest, str], Caller | HttpResponse | None]
"""The caller; None for whoever is no member; an answer where something is to be done first."""


BODY_BYTES: Final = 5 << 20
"""How much may be sent to a page or an operation that takes no larger files."""


class Menu(NamedTuple):
    """A page's entry in the navigation: its words, its icon, where it stands, and how much waits there."""

    words: Words
    icon: str
    order: int
    waiting: Callable[[Caller], int] | None = None


class Page(NamedTuple):
    """A registered page."""

    app: str
    name: str
    route: str
    needs: Permission
    kinds: frozenset[Kind]
    methods: tuple[str, ...]
    menu: Menu | None
    takes: int = BODY_BYTES


_PAGES: Final[list[Page]] = []
_caller_of: list[FindCaller] = []


def all_pages() -> tuple[Page, ...]:
    """Every page of the portal."""
    return tuple(_PAGES)


def recognise(find: FindCaller) -> None:
    """Say how a request becomes a caller; the people app does, when it is ready."""
    _caller_of[:] = [find]


class Pages:
    """The pages of one app; `urls` goes into the URL configuration under the app's name."""

    def __init__(self, app: str) -> None:
        self.app = app
        self.urls: list[URLPattern] = []

    def page(
        self,
        route: str,
        *,
        name: str,
        needs: Permission = Permission.LOOK,
        kinds: frozenset[Kind] = EVERYBODY,
        methods: tuple[str, ...] = ("GET",),
        menu: Menu | None = None,
        takes: int = BODY_BYTES,
    ) -> Callable[[View[P]], Callable[..., HttpResponse]]:
        """Register a view as a page. With several methods, `needs` holds for all of them.

        `takes`: the most bytes that may be sent to it; more is refused before any is read.
        """
        page = Page(self.app, name, route, needs, kinds, methods, menu, takes)
        _PAGES.append(page)

        def register(view: View[P]) -> Callable[..., HttpResponse]:
            @wraps(view)
            def guarded(request: HttpRequest, org: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
                answer = _admit(page, request, org)
                if isinstance(answer, HttpResponse):
                    return answer
                with changing_nothing() if answer.onlooker else nullcontext():
                    return view(request, answer, *args, **kwargs)

            guarded.page = page  # type: ignore[attr-defined]
            self.urls.append(path(route, guarded, name=name))
            return guarded

        return register


def admitted(page: Page, request: HttpRequest, org: str) -> HttpResponse | None:
    """The answer to whoever may not have this page, or sends it too much; None to those who may.

    Raises like the page itself. Nothing of the body is read.
    """
    answer = _admit(page, request, org)
    if isinstance(answer, HttpResponse):
        return answer
    refuse_too_large(request, page.takes)
    return None


def refuse_too_large(request: HttpRequest, takes: int) -> None:
    """Refuse a request that says it sends more than is taken."""
    if declared(request) > takes:
        sentence = _("That is too much at once: at most %(most)s MB are taken here.")
        refuse("too_large", sentence % {"most": takes >> 20}, status=413)


def declared(request: HttpRequest) -> int:
    """How many bytes a request says that it sends; no server of ours reads more than that."""
    text = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(text[:20]) if text.isdecimal() else 0


def _admit(page: Page, request: HttpRequest, org: str) -> Caller | HttpResponse:
    """The caller whom this page is for, or the answer to everybody else."""
    if not request.user.is_authenticated:
        from django.contrib.auth.views import redirect_to_login  # needs the user's model to be there

        return redirect_to_login(request.get_full_path())
    caller = _caller_of[0](request, org)
    if caller is None:
        raise NotFound
    if isinstance(caller, HttpResponse):
        return caller
    request.caller = caller  # type: ignore[attr-defined]
    request.page = page  # type: ignore[attr-defined]
    if caller.kind not in page.kinds:
        raise NotFound
    if not caller.may(page.needs):
        raise Forbidden(page.needs.value)
    if caller.onlooker is not None:
        admit(f"{page.app}:{page.name}", request.method or "")
    if request.method not in page.methods and not (request.method == "HEAD" and "GET" in page.methods):
        return HttpResponseNotAllowed(page.methods)
    return caller
