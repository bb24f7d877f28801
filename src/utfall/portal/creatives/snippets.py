"""The code that a publisher puts on its page: the creative, behind its own tracking link, and the pixel that
counts that it was shown.
"""

from collections.abc import Callable
from typing import Final
from urllib.parse import quote, urlsplit

from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Permission, refuse
from utfall.portal.creatives.contracts import CreativeView, Kind, Snippet
from utfall.portal.creatives.showing import creative
from utfall.portal.links import facade as links
from utfall.portal.links.contracts import LinkView

REL: Final = "sponsored noopener"
"""What search engines want of paid links, and what keeps the shop's page from reaching the publisher's."""
SANDBOX: Final = "allow-scripts allow-popups allow-popups-to-escape-sandbox"


def snippet(caller: Caller, number: int, link: int) -> Snippet:
    """The HTML that shows a creative by one of the caller's links of the same program."""
    caller.require(Permission.LOOK)
    view, way = creative(caller, number), links.link(caller, link)
    if way.program != view.program:
        refuse("link_of_another_program", gettext_lazy("This link is for another program."), "link")
    if way.ends_at is not None:
        refuse(
            "link_ended", gettext_lazy("This link is ended. Choose another, or let it count again."), "link"
        )
    deep = links.deep_link(caller, link, view.destination) if view.destination else None
    click = deep.address if deep else way.address
    pixel = pixel_of(way)
    with translation.override(_spoken(view)):
        code = f"{SHOWN[view.kind](view, click)}\n{_pixel(pixel)}"
    return Snippet(creative=view.id, link=link, code=code, click_address=click, pixel_address=pixel)


def pixel_of(link: LinkView) -> str:
    """Where the view of a link is counted: on the link's own host, with its sub-ids."""
    parts = urlsplit(link.address)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}/i/{link.key}.gif{query}"


def _image(view: CreativeView, click: str) -> SafeString:
    return _link(
        click,
        format_html(
            '<img src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
            *(view.address, view.width, view.height, view.alt),
        ),
    )


def _html5(view: CreativeView, click: str) -> SafeString:
    return format_html(
        '<iframe src="{}?clickTag={}" width="{}" height="{}" title="{}" sandbox="{}" loading="lazy" '
        'scrolling="no" style="border:0"></iframe>',
        *(view.address, quote(click, safe=""), view.width, view.height, view.alt, SANDBOX),
    )


def _text(view: CreativeView, click: str) -> SafeString:
    copy = view.words
    body = format_html(" {}", copy.body) if copy.body else ""
    call = format_html(" <span>{}</span>", copy.call_to_action) if copy.call_to_action else ""
    return _link(click, format_html("<strong>{}</strong>{}{}", copy.headline, body, call))


def _native(view: CreativeView, click: str) -> SafeString:
    copy = view.words
    icon = format_html('  <img src="{}" width="40" height="40" alt="">\n', view.icon_address)
    body = format_html("  <span>{}</span>\n", copy.body) if copy.body else ""
    call = format_html("  <span>{}</span>\n", copy.call_to_action) if copy.call_to_action else ""
    inner = format_html(
        '\n  <img src="{}" width="{}" height="{}" alt="{}" loading="lazy">\n{}  <strong>{}</strong>\n{}{}'
        "  <small>{}</small>\n",
        *(view.address, view.width, view.height, view.alt),
        *(icon if view.icon_address else "", copy.headline, body, call),
        _("Advertisement from %(name)s") % {"name": copy.sponsored_by},
    )
    return _link(click, inner)


def _video(view: CreativeView, click: str) -> SafeString:
    return _link(
        click,
        format_html(
            '<video src="{}" width="{}" height="{}" aria-label="{}" muted autoplay loop playsinline '
            'preload="metadata"></video>',
            *(view.address, view.width, view.height, view.alt),
        ),
    )


SHOWN: Final[dict[Kind, Callable[[CreativeView, str], SafeString]]] = {
    Kind.IMAGE: _image,
    Kind.HTML5: _html5,
    Kind.TEXT: _text,
    Kind.NATIVE: _native,
    Kind.VIDEO: _video,
}


def _link(click: str, inner: SafeString) -> SafeString:
    return format_html('<a href="{}" rel="{}" target="_blank">{}</a>', click, REL, inner)


def _pixel(address: str) -> SafeString:
    return format_html('<img src="{}" width="1" height="1" alt="">', address)


def _spoken(view: CreativeView) -> str:
    """The language of the words that are ours: the creative's own, where we speak it."""
    return view.language if view.language in ("sv", "nb", "en") else "en"
