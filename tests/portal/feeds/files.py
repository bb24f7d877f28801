"""Feeds to read: good ones in every form, and those that mean harm."""

import csv
import gzip
import io
from collections.abc import Iterable

from utfall.portal.feeds.facade import Upload

NAMES = ("id", "title", "price", "link", "image link", "brand", "gtin", "product type", "availability")
TENT = ("t-1", "Tält Fjäll 2", "1 999,00 SEK", "https://acme.test/t/1", "https://cdn.test/1.jpg", "Fjäll")
STOVE = ("s-1", "Kök", "499 SEK", "https://www.acme.test/s/1", "https://cdn.test/2.jpg", "Eld")
ROWS = (
    (*TENT, "7310865004703", "Tents", "in stock"),
    (*STOVE, "", "Stoves", "out of stock"),
)
GOOGLE = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Acme</title>
<item><g:id>t-1</g:id><title>Tält Fjäll 2</title><link>https://acme.test/t/1</link>
<g:price>1999.00 SEK</g:price><g:sale_price>1499.00 SEK</g:sale_price>
<g:image_link>https://cdn.test/1.jpg</g:image_link><g:brand>Fjäll</g:brand>
<g:availability>in stock</g:availability><g:shipping><g:country>SE</g:country></g:shipping></item>
<item><g:id>s-1</g:id><title>Kök &amp; panna</title><link>https://acme.test/s/1</link>
<g:price>499.00 SEK</g:price><g:image_link>https://cdn.test/2.jpg</g:image_link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0">
<entry><g:id>t-1</g:id><title>Tent</title><link href="https://acme.test/t/1"/><g:price>1999 SEK</g:price>
<g:image_link>https://cdn.test/1.jpg</g:image_link></entry></feed>"""
OWN = """<katalog><vara artnr="t-1"><namn>Tent</namn><pris>1999</pris><url>https://acme.test/t/1</url>
<bild>https://cdn.test/1.jpg</bild></vara></katalog>"""


def table(
    rows: Iterable[Iterable[str]] = ROWS, *, names: Iterable[str] = NAMES, delimiter: str = ","
) -> bytes:
    """A table of products."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(names)
    writer.writerows(rows)
    return out.getvalue().encode()


def many(count: int, *, price: int = 100) -> bytes:
    """A table of so many products."""
    rows = (
        (
            *(f"p-{place}", f"Product number {place}", f"{price + place % 900}.50 SEK"),
            *(f"https://acme.test/p/{place}?colour=red", f"https://cdn.test/{place}.jpg"),
            *(f"Brand {place % 40}", "", f"Category {place % 60}", "in stock"),
        )
        for place in range(count)
    )
    return table(rows)


def sent(content: bytes, name: str = "products.csv") -> Upload:
    """A file as somebody sends it."""
    return Upload(name, io.BytesIO(content))


def packed(content: bytes) -> bytes:
    """With gzip."""
    return gzip.compress(content, mtime=0)
