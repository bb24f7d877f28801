"""Programs and links, for the search: the two nouns that people look for by name."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Kind
from utfall.portal.home.search import MOST_EACH, Found, finder
from utfall.portal.links import facade as links
from utfall.portal.programs import facade as programs


@finder
def found_programs(caller: Caller, words: str) -> Iterator[Found]:
    """Programs by name; a publisher is led to what the program offers."""
    page = "partners:offer" if caller.kind is Kind.PUBLISHER else "programs:program"
    for one in programs.programs(caller, search=words, count=MOST_EACH).items:
        url = reverse(page, kwargs={"org": caller.slug, "program": one.id})
        yield Found(one.name, url, "target-arrow", _("Program"))


@finder
def found_links(caller: Caller, words: str) -> Iterator[Found]:
    """Links by name, key or destination."""
    for one in links.links(caller, search=words, count=MOST_EACH).items:
        url = reverse("links:link", kwargs={"org": caller.slug, "link": one.id})
        yield Found(one.name or one.key, url, "link", _("Link"))
