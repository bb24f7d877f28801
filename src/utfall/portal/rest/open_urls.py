"""The addresses of the API and of its reference, outside of any organisation."""

from django.urls import include, path
from django.views.generic import RedirectView

from utfall.portal.rest.api import addresses, build
from utfall.portal.rest.reference import reference

api = build()
urlpatterns = [
    path("api/", RedirectView.as_view(pattern_name="rest-open:reference")),
    path("api/docs/", reference, {"api": api}, name="reference"),
    path("api/v1/docs", RedirectView.as_view(pattern_name="rest-open:reference")),
    path("api/v1/", include(addresses(api))),
]
