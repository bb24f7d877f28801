"""Words of this app: fields, reasons of refusal, what is wrong with whole files, parts of health."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words
from utfall.portal.feeds.contracts import Caution, Fault

FIELD_WORDS: Final[dict[str, Words]] = {
    "product_id": _("product's id"),
    "name": _("name"),
    "price": _("price"),
    "deep_link": _("product page"),
    "image_url": _("picture"),
    "sale_price": _("price on sale"),
    "rrp": _("recommended price"),
    "currency": _("currency"),
    "brand": _("brand"),
    "gtin": _("GTIN (EAN)"),
    "mpn": _("maker's number"),
    "category": _("category"),
    "description": _("description"),
    "condition": _("condition"),
    "stock": _("stock"),
    "return_days": _("return window in days"),
}

FAULTS: Final[dict[str, tuple[Words, Words]]] = {
    Fault.ID_MISSING: (_("No id."), _("Give every product an id of its own that never changes.")),
    Fault.ID_TOO_LONG: (_("The id is too long."), _("An id has at most 100 characters.")),
    Fault.ID_TWICE: (
        _("The id was there already."),
        _("Each product stands once in the file; give variants ids of their own."),
    ),
    Fault.NAME_MISSING: (_("No name."), _("Write what the product is called.")),
    Fault.PRICE_MISSING: (_("No price."), _("Write the price that a visitor pays.")),
    Fault.PRICE_UNREADABLE: (
        _("The price cannot be read."),
        _("Write 1234.50. What could mean two things, such as 1,234, is not guessed."),
    ),
    Fault.PRICE_NOT_POSITIVE: (_("The price is nothing."), _("Leave out what is not for sale.")),
    Fault.CURRENCY_OTHER: (
        _("The price is in another currency."),
        _("The prices of a feed are in the program's currency."),
    ),
    Fault.LINK_MISSING: (_("No product page."), _("Write the address of the product's page.")),
    Fault.LINK_UNREADABLE: (
        _("The product page is no whole address."),
        _("Write it with https:// and without spaces."),
    ),
    Fault.LINK_ELSEWHERE: (
        _("The product page is not on the program's sites."),
        _("Correct the address, or add the site to the program."),
    ),
    Fault.IMAGE_MISSING: (_("No picture."), _("Write the address of a picture.")),
    Fault.IMAGE_UNREADABLE: (
        _("The picture is no whole address."),
        _("Write it with https:// and without spaces."),
    ),
}

CAUTIONS: Final[dict[str, Words]] = {
    Caution.GTIN_WRONG: _("The GTIN's check digit is wrong; it was left out."),
    Caution.RRP_BELOW_PRICE: _("The recommended price is below the price; it was left out."),
    Caution.RETURNS_UNREADABLE: _("The return window states no single number of days; it was left out."),
    Caution.TEXT_CUT: _("A text was too long, and was cut."),
}

TROUBLES: Final[dict[str, Words]] = {
    "too_large": _("The file is larger than 250 MB. Pack it with gzip."),
    "bomb": _("Unpacked, the file is far too large. A feed has at most 1 GB."),
    "packing_broken": _("The packed file is damaged. Pack it again with gzip."),
    "empty": _("The file is empty."),
    "not_text": _("This is no CSV or XML. Save the table as CSV."),
    "line_too_long": _("A line of the file does not end. Is it a feed at all?"),
    "table_broken": _("The table is broken. Look for a quotation mark that is not closed, near line"),
    "no_columns": _("The first line names no columns. It must: id, name, price and so on."),
    "too_many_columns": _("A feed has at most 300 columns."),
    "xml_broken": _("The XML is broken. Check it with the system that makes it."),
    "entities": _("The XML defines entities or a DTD, which is not safe to read. Make it without."),
    "item_too_large": _("One product takes more than 2 MB. Is it a feed at all?"),
    "too_many_rows": _("A feed has at most 500 000 products."),
    "column_lost": _("A column that was there before is missing. Choose the columns again:"),
    "nothing_accepted": _("Not one row could be accepted, so the products stay as they were. Most often:"),
    "answered": _("The server answered something else than the file:"),
    "fetch_scheme": _("The address is none that can be fetched."),
    "fetch_port": _("The address has a port that is not fetched from."),
    "fetch_credentials": _("The address holds a password. Offer the feed without one."),
    "fetch_unresolved": _("No server has this name. Check the address."),
    "fetch_private": _("The address leads into a private network, which is not reached from here."),
    "fetch_refused": _("The server does not answer. Is it running?"),
    "fetch_timeout": _("The server was too slow: a feed has five minutes to arrive."),
    "fetch_tls": _("The server's certificate is not valid."),
    "fetch_too_large": _("The file is larger than 250 MB. Pack it with gzip."),
    "fetch_redirects": _("The address leads around in circles."),
    "fetch_broken": _("The connection broke off. It is tried again at the next time."),
    "stopped": _("It was stopped before its end. The products stay as they were."),
}
"""What stands in the way of a whole file."""

PARTS: Final[dict[str, tuple[Words, Words]]] = {
    "completeness": (
        _("Complete"),
        _("Brand, GTIN, category, description, condition and stock, over all products"),
    ),
    "links": (_("Links"), _("Rows whose page is on the program's sites")),
    "images": (_("Pictures"), _("Rows with the address of a picture")),
    "prices": (_("Prices"), _("Rows with a price that can be read, in the program's currency")),
    "duplicates": (_("Ids"), _("Rows with an id of their own")),
    "freshness": (_("Fresh"), _("Whole for a day after the last delivery, nothing after a week")),
}

STOCK_WORDS: Final[dict[str, Words]] = {
    "in_stock": _("In stock"),
    "out_of_stock": _("Out of stock"),
    "preorder": _("To be released"),
    "backorder": _("On its way"),
}
