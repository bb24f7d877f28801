"""The shop's pages: HTML from templates, every value escaped."""

import json
from functools import cache
from html import escape
from importlib import resources
from string import Template

from utfall.demo.goods import SHELF, Goods, Line
from utfall.demo.shop_words import LANGUAGES, WORDS, amount_words
from utfall.demo.visit import Visit


@cache
def file(name: str) -> bytes:
    """A file of the shop's."""
    return resources.files("utfall.demo").joinpath("pages", name).read_bytes()


@cache
def _template(name: str) -> Template:
    return Template(file(f"{name}.html").decode())


def shelf(visit: Visit) -> str:
    """The first page: all there is."""
    cards = _Raw("".join(_card(visit, one) for one in SHELF))
    return _page(visit, "shelf", _words(visit)["tagline"], cards=cards)


def goods(visit: Visit, one: Goods) -> str:
    """The page of one thing."""
    return _page(visit, "goods", _words(visit)[one.picture], **_of(visit, one))


def basket(visit: Visit) -> str:
    """What is in the basket. Where there is something, the checkout has begun."""
    if not visit.basket:
        return _page(visit, "empty", _words(visit)["basket"])
    return _page(
        visit, "basket", _words(visit)["basket"], lines=_lines(visit, removable=True), sum=_sum(visit)
    )


def checkout(visit: Visit) -> str:
    """The last page before the order."""
    return _page(visit, "checkout", _words(visit)["checkout"], lines=_lines(visit), sum=_sum(visit))


def thanks(visit: Visit, order: str, code: str, email: str) -> str:
    """The thank-you page, with the order for the tag to tell of."""
    told = {
        "order": order,
        "currency": visit.config.currency,
        "lines": [_told(line) for line in visit.basket],
    }
    told |= {name: value for name, value in (("code", code), ("customer", email)) if value}
    more = _words(visit)["thanks_more"].format(order=order)
    return _page(
        visit, "thanks", _words(visit)["thanks"], more=more, told_order=json.dumps(told), order=order
    )


def nothing(visit: Visit) -> str:
    """There is no such page."""
    return _page(visit, "nothing", _words(visit)["not_found"])


def _words(visit: Visit) -> dict[str, str]:
    return WORDS[visit.language]


class _Raw(str):
    """HTML that was made here, of values that are escaped already."""

    __slots__ = ()


def _page(visit: Visit, name: str, title: str, **values: str) -> str:
    """A page within the shop's frame."""
    said = {key: escape(words) for key, words in _words(visit).items()}
    given = {key: value if isinstance(value, _Raw) else escape(value) for key, value in values.items()}
    content = _template(name).substitute(said | given)
    config = visit.config
    count = sum(line.quantity for line in visit.basket) if name != "thanks" else 0
    frame = {
        "title": escape(title),
        "content": content,
        "language": visit.language,
        "languages": _languages(visit),
        "edge": escape(config.edge_url),
        "advertiser": str(config.advertiser),
        "count": str(count),
    }
    return _template("frame").substitute(said | frame)


def _languages(visit: Visit) -> str:
    return "".join(
        f'<form method="post" action="/language/{code}"><button lang="{code}"'
        f"{' aria-current=true' if code == visit.language else ''}>{escape(name)}</button></form>"
        for code, name in LANGUAGES.items()
    )


def _of(visit: Visit, one: Goods) -> dict[str, str]:
    words = _words(visit)
    return {
        "sku": one.sku,
        "picture": one.picture,
        "called": words[one.picture],
        "about": words[f"{one.picture}_more"],
        "price": amount_words(one.price, visit.config.currency, visit.language),
    }


def _card(visit: Visit, one: Goods) -> _Raw:
    escaped = {key: escape(value) for key, value in (_words(visit) | _of(visit, one)).items()}
    return _Raw(_template("card").substitute(escaped))


def _lines(visit: Visit, *, removable: bool = False) -> _Raw:
    words = _words(visit)
    name = "line" if removable else "line_fixed"
    rows = (
        _template(name).substitute(
            {key: escape(value) for key, value in (words | _of(visit, line.goods)).items()}
            | {
                "quantity": str(line.quantity),
                "amount": escape(amount_words(line.amount, visit.config.currency, visit.language)),
            }
        )
        for line in visit.basket
    )
    return _Raw("".join(rows))


def _sum(visit: Visit) -> str:
    return amount_words(sum(line.amount for line in visit.basket), visit.config.currency, visit.language)


def _told(line: Line) -> dict[str, object]:
    """A line as the tag tells it: the amount of all of them together, as text."""
    return {
        "sku": line.goods.sku,
        "category": line.goods.category,
        "quantity": line.quantity,
        "amount": str(line.amount),
    }
