"""The API's operations of the overview and its views."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from utfall.portal.overview import facade
from utfall.portal.overview.contracts import Overview, ViewView
from utfall.portal.overview.schemas import OverviewAnswer, ViewAnswer, ViewChanged, ViewSent, Wanted
from utfall.portal.rest.facade import ApiRequest, Endpoints, Listed, Paging, Query, listed

endpoints = Endpoints("overview", _("Overview"))


@endpoints.get("/overview", answers=OverviewAnswer, summary="How it goes, at a glance", conflicts=True)
def overview(request: ApiRequest, wanted: Query[Wanted]) -> Overview:
    """Figures with their change, metrics over time, the funnel, the ranking, goals and budgets."""
    return facade.overview(request.caller, wanted.asked())


@endpoints.get("/overview/views", answers=Listed[ViewAnswer], summary="Views kept")
def views(request: ApiRequest, paging: Query[Paging]) -> dict[str, Any]:
    """Your views and those shared with you, newest first."""
    return listed(facade.views(request.caller, after=paging.after, limit=paging.limit))


@endpoints.post("/overview/views", answers=ViewAnswer, summary="Keep a view", status=201)
def add_view(request: ApiRequest, sent: ViewSent) -> ViewView:
    """Keep a view under a name, for yourself or for your organisation."""
    return facade.save_view(request.caller, sent.name, sent.view.asked(), shared=sent.shared)


@endpoints.get("/overview/views/{int:saved_view}", answers=ViewAnswer, summary="One view")
def view(request: ApiRequest, saved_view: int) -> ViewView:
    """One view that you keep, or that is shared with you."""
    return facade.view(request.caller, saved_view)


@endpoints.patch("/overview/views/{int:saved_view}", answers=ViewAnswer, summary="Change a view")
def change_view(request: ApiRequest, saved_view: int, sent: ViewChanged) -> ViewView:
    """Rename it, share it, or keep something else under its name."""
    asked = sent.view.asked() if sent.view is not None else None
    return facade.change_view(request.caller, saved_view, name=sent.name, shared=sent.shared, asked=asked)


@endpoints.delete("/overview/views/{int:saved_view}", summary="Remove a view")
def remove_view(request: ApiRequest, saved_view: int) -> None:
    """Remove it; it opens first for nobody any more."""
    facade.remove_view(request.caller, saved_view)


@endpoints.put("/overview/views/{int:saved_view}/first", summary="Open a view first")
def open_first(request: ApiRequest, saved_view: int) -> None:
    """Let it open first; refused for keys that belong to no person."""
    facade.open_first(request.caller, saved_view)
