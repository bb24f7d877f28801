"""Networks and what their exports call things: columns of Awin, impact.com and Dub as publicly documented.

Names are compared without case, spaces and signs, so `saleAmount.amount`, `Sale Amount` and `sale_amount` are
found alike. Nothing here is a network's code: docs/guides/imports.md names the public pages it was read from.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words
from utfall.portal.imports.contracts import Kind, Network, Past

_SIGNS: Final = re.compile(r"[^a-z0-9]+")


class Field(NamedTuple):
    """One of our fields."""

    name: str
    words: Words
    help: Words = ""
    required: bool = False


_PUBLISHER: Final = (
    Field("publisher", _("Publisher's id there"), _("As in the network's list of publishers.")),
    Field("publisher_name", _("Publisher's name"), _("Used where the id is not known here.")),
)
FIELDS: Final[dict[Kind, tuple[Field, ...]]] = {
    Kind.PUBLISHERS: (
        Field("external", _("Publisher's id there"), _("Other files name publishers by it."), True),
        Field("name", _("Name"), "", True),
        Field("website", _("Website")),
        Field("email", _("E-mail"), _("Only used for invitations, where you want them.")),
        Field("country", _("Country"), _("Two letters, such as SE.")),
        Field("promotion", _("How they promote"), _("What is not known is taken for content.")),
        Field("status", _("State there"), _("Only those who are active there are taken over.")),
    ),
    Kind.LINKS: (
        Field("destination", _("Where it leads"), _("Must be on one of the program's sites."), True),
        Field("external", _("Link's id or address there"), _("What the same link is known again by."), True),
        Field("key", _("Key"), _("What stands last in its address; kept where it is free.")),
        Field("name", _("Name")),
        *_PUBLISHER,
    ),
    Kind.CODES: (
        Field("code", _("Promo code"), "", True),
        Field("starts", _("Valid from"), _("A day in the past means from now on.")),
        Field("ends", _("Valid until")),
        Field("description", _("What it gives")),
        *_PUBLISHER,
    ),
    Kind.TRANSACTIONS: (
        Field("external", _("Transaction's id there"), _("What it is known again by."), True),
        Field("reference", _("Order reference"), _("Yours. Left out: the id there.")),
        Field("occurred", _("When it happened"), "", True),
        Field("amount", _("Order value"), "", True),
        Field("currency", _("Currency"), _("Left out: the one chosen below.")),
        Field("commission", _("Commission there"), _("What the network paid its publisher.")),
        Field("status", _("State there"), "", True),
        Field("reason", _("Reason declined")),
        Field("code", _("Promo code")),
        Field("type", _("Kind of sale"), _("Sale or lead. Left out: sales.")),
        *_PUBLISHER,
    ),
}
"""What can be read of each kind of file, in the order in which it is asked for."""


class Layout(NamedTuple):
    """How a network writes one kind of file: names by field, the likeliest first, and what gives it away."""

    network: Network
    kind: Kind
    columns: Mapping[str, tuple[str, ...]]
    marks: tuple[str, ...]
    documented: frozenset[str] = frozenset()
    """Names that the network publishes; the others are guesses, and the page says so."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


LAYOUTS: Final = (
    Layout(
        Network.AWIN,
        Kind.TRANSACTIONS,
        {
            "external": ("id", "transactionid"),
            "reference": ("orderref", "orderreference"),
            "occurred": ("transactiondate", "date"),
            "amount": ("saleamountamount", "saleamount"),
            "currency": ("saleamountcurrency", "currency"),
            "commission": ("commissionamountamount", "commissionamount", "commission"),
            "status": ("commissionstatus", "transactionstatus", "status"),
            "reason": ("declinereason",),
            "code": ("vouchercode",),
            "type": ("type", "transactiontype"),
            "publisher": ("publisherid",),
            "publisher_name": ("sitename", "publishername", "publisher"),
        },
        ("commissionstatus", "transactiondate", "publisherid", "orderref", "orderreference", "clickref"),
        _names(
            "id orderref transactiondate saleamount saleamountamount saleamountcurrency "
            "commissionamount commissionamountamount commissionstatus declinereason "
            "vouchercode type publisherid sitename"
        ),
    ),
    Layout(
        Network.AWIN,
        Kind.PUBLISHERS,
        {
            "external": ("publisherid", "id"),
            "name": ("publishername", "publisher", "name"),
            "website": ("publisherwebsite", "website", "url"),
            "email": ("email", "contactemail"),
            "country": ("countrycode", "country", "region", "primaryregion"),
            "promotion": ("publishertype", "promotionaltype", "promotiontype", "type"),
            "status": ("membershipstatus", "relationshipstatus", "status"),
        },
        ("publisherid", "publishername", "publishertype", "promotionaltype", "membershipstatus"),
    ),
    Layout(
        Network.AWIN,
        Kind.CODES,
        {
            "code": ("vouchercode", "code", "voucher"),
            "starts": ("startdate", "starts", "validfrom"),
            "ends": ("enddate", "ends", "validto", "expires"),
            "description": ("description", "terms", "title"),
            "publisher": ("publisherid",),
            "publisher_name": ("publishername", "publisher"),
        },
        ("vouchercode", "publisherid", "startdate", "enddate"),
    ),
    Layout(
        Network.AWIN,
        Kind.LINKS,
        {
            "destination": ("destinationurl", "deeplink", "landingpage"),
            "external": ("linkid", "shorturl", "trackinglink", "clickthroughurl"),
            "key": ("shorturl",),
            "name": ("linkname", "name", "campaign"),
            "publisher": ("publisherid",),
            "publisher_name": ("publishername", "publisher"),
        },
        ("publisherid", "destinationurl", "clickthroughurl", "shorturl"),
    ),
    Layout(
        Network.IMPACT,
        Kind.TRANSACTIONS,
        {
            "external": ("actionid", "id"),
            "reference": ("oid", "orderid"),
            "occurred": ("eventdate", "actiondate", "creationdate"),
            "amount": ("amount", "saleamount"),
            "currency": ("currency", "saleamountcurrency"),
            "commission": ("payout", "actioncost", "actionearnings"),
            "status": ("state", "status", "actionstatus"),
            "reason": ("statedetail", "disposition", "reversalreason"),
            "code": ("promocode",),
            "type": ("actiontype", "eventtypename", "actiontrackername", "actiontracker"),
            "publisher": ("mediapartnerid", "partnerid", "mediaid"),
            "publisher_name": ("mediapartnername", "partnername", "partner", "media"),
        },
        ("oid", "actionid", "mediapartnerid", "eventdate", "lockingdate", "payout", "actiontrackerid"),
        _names(
            "id oid eventdate creationdate amount currency payout state promocode "
            "mediapartnerid mediapartnername"
        ),
    ),
    Layout(
        Network.IMPACT,
        Kind.PUBLISHERS,
        {
            "external": ("mediapartnerid", "partnerid", "id"),
            "name": ("mediapartnername", "partnername", "partner", "name"),
            "website": ("primaryproperty", "website", "websites", "propertyurl"),
            "email": ("contactemail", "email", "emailaddress"),
            "country": ("countrycode", "country"),
            "promotion": ("partnertype", "primarypromotionalmethod", "promotionalmethod", "businessmodel"),
            "status": ("partnerstatus", "contractstatus", "relationshipstatus", "status", "state"),
        },
        ("mediapartnerid", "partnerid", "partnername", "partnerstatus", "primaryproperty", "contractstatus"),
    ),
    Layout(
        Network.IMPACT,
        Kind.CODES,
        {
            "code": ("promocode",),
            "starts": ("activestartdate", "startdate"),
            "ends": ("activeenddate", "enddate"),
            "description": ("dealname", "description"),
            "publisher": ("mediaid", "mediapartnerid", "partnerid"),
            "publisher_name": ("mediapartnername", "partnername", "partner"),
        },
        ("promocode", "creditrule", "matchmode", "activestartdate", "activeenddate", "mediaid"),
        _names("promocode mediaid activestartdate activeenddate"),
    ),
    Layout(
        Network.IMPACT,
        Kind.LINKS,
        {
            "destination": ("landingpageurl", "landingpage", "deeplink"),
            "external": ("trackinglink", "vanityurl", "trackingurl"),
            "key": ("vanityurl",),
            "name": ("linkname", "adname", "name"),
            "publisher": ("mediapartnerid", "partnerid", "mediaid"),
            "publisher_name": ("mediapartnername", "partnername", "partner"),
        },
        ("landingpageurl", "trackinglink", "vanityurl", "mediapartnerid"),
    ),
    Layout(
        Network.DUB,
        Kind.TRANSACTIONS,
        {
            "external": ("id",),
            "reference": ("invoiceid",),
            "occurred": ("createdat",),
            "amount": ("amount",),
            "currency": ("currency",),
            "commission": ("earnings",),
            "status": ("status",),
            "reason": ("description",),
            "type": ("type",),
            "publisher": ("partnerid",),
            "publisher_name": ("partnername",),
        },
        ("earnings", "invoiceid", "createdat", "quantity", "partnertenantid"),
        _names("id invoiceid createdat amount earnings currency status type partnerid partnername"),
    ),
    Layout(
        Network.DUB,
        Kind.PUBLISHERS,
        {
            "external": ("id", "partnerid"),
            "name": ("name",),
            "website": ("website",),
            "email": ("email",),
            "country": ("country",),
            "status": ("status",),
        },
        ("enrolledat", "payoutsenabledat", "email", "country", "name"),
        _names("id name email country status website"),
    ),
    Layout(
        Network.DUB,
        Kind.LINKS,
        {
            "destination": ("destinationurl", "url"),
            "external": ("shortlink", "externalid", "id", "key"),
            "key": ("key", "shortlink"),
            "name": ("title", "description", "key"),
            "publisher": ("partnerid",),
            "publisher_name": ("partnername",),
        },
        ("shortlink", "destinationurl", "domain", "key", "archived", "tags"),
        _names("shortlink destinationurl key title partnerid"),
    ),
    Layout(
        Network.DUB,
        Kind.CODES,
        {
            "code": ("code", "discountcode"),
            "description": ("description", "discount"),
            "publisher": ("partnerid",),
            "publisher_name": ("partnername",),
        },
        ("discountcode", "partnerid", "discountid"),
    ),
)
NAMES: Final[dict[Network, Words]] = {
    Network.AWIN: "Awin",
    Network.IMPACT: "impact.com",
    Network.DUB: "Dub",
    Network.OTHER: _("Another network"),
}
KINDS: Final[dict[Kind, Words]] = {
    Kind.PUBLISHERS: _("Publishers"),
    Kind.LINKS: _("Links"),
    Kind.CODES: _("Promo codes"),
    Kind.TRANSACTIONS: _("Transactions"),
}
STATUSES: Final[dict[str, Past]] = {
    **dict.fromkeys(("pending", "open", "hold", "onhold", "processing"), Past.PENDING),
    **dict.fromkeys(("approved", "confirmed", "locked", "paid", "processed", "bonus"), Past.APPROVED),
    **dict.fromkeys(("declined", "deleted", "reversed", "rejected", "refunded"), Past.DECLINED),
    **dict.fromkeys(("canceled", "cancelled", "duplicate", "fraud"), Past.DECLINED),
}
"""What networks call the state of a transaction, and what it is here."""
ALIVE: Final = frozenset({"", "joined", "active", "approved", "accepted", "enabled", "partner", "member"})
"""What networks call a publisher that takes part."""
PROMOTIONS: Final[dict[str, str]] = {
    **dict.fromkeys(("cashback", "cashbackrewards", "cashbackreward"), "cashback"),
    **dict.fromkeys(("loyalty", "loyaltyrewards", "rewards"), "loyalty"),
    **dict.fromkeys(("coupon", "coupons", "couponcode", "vouchercode", "voucher", "vouchers"), "voucher"),
    **dict.fromkeys(("couponsdeals", "dealscoupons", "dealcoupon", "discountcode"), "voucher"),
    **dict.fromkeys(("email", "emailmarketing", "newsletter"), "email"),
    **dict.fromkeys(("comparison", "comparisonengine", "pricecomparison"), "price_comparison"),
    **dict.fromkeys(("subnetwork", "subnetworks", "network"), "sub_network"),
    **dict.fromkeys(("display", "mediabuying"), "display"),
    **dict.fromkeys(("search", "ppc", "paidsearch"), "search"),
    **dict.fromkeys(("retargeting", "remarketing"), "retargeting"),
}
"""What networks call ways of promoting, and what they are here; everything else is content."""


def plain(name: str) -> str:
    """A name without case, spaces and signs.

    >>> plain("Sale Amount (GBP)"), plain("saleAmount.amount")
    ('saleamountgbp', 'saleamountamount')
    """
    return _SIGNS.sub("", name.lower())


def suggested(network: Network, kind: Kind, columns: Sequence[str]) -> dict[str, int]:
    """Which column probably is which of our fields; no column is taken twice for what identifies."""
    names = [plain(one) for one in columns]
    layouts = [one for one in LAYOUTS if one.kind is kind and network in (one.network, Network.OTHER)]
    found: dict[str, int] = {}
    for field in FIELDS[kind]:
        likely = [name for layout in layouts for name in layout.columns.get(field.name, ())]
        likely.append(plain(field.name))
        column = next((names.index(name) for name in likely if name in names), None)
        if column is not None:
            found[field.name] = column
    return found


def is_documented(network: Network, kind: Kind, column: str) -> bool:
    """Whether a network publishes that its exports of a kind call a column so.

    >>> is_documented(Network.AWIN, Kind.TRANSACTIONS, "Order Ref")
    True
    >>> is_documented(Network.AWIN, Kind.PUBLISHERS, "Publisher Type")
    False
    """
    layouts = [one for one in LAYOUTS if (one.network, one.kind) == (network, kind)]
    return any(plain(column) in one.documented for one in layouts)


def detected(columns: Sequence[str]) -> tuple[Network, Kind] | None:
    """The network and the kind that a heading is most like; None where it is like none.

    >>> detected(["ID", "Type", "Amount", "Earnings", "Currency", "Status", "Invoice ID", "Created at"])
    (<Network.DUB: 'dub'>, <Kind.TRANSACTIONS: 'transactions'>)
    """
    names = {plain(one) for one in columns}
    best = max(LAYOUTS, key=lambda layout: _likeness(layout, names))
    return (best.network, best.kind) if _likeness(best, names) > 0 else None


def _likeness(layout: Layout, names: set[str]) -> int:
    """Marks count three times what a field counts; a kind without its required fields is none."""
    needed = [one.name for one in FIELDS[layout.kind] if one.required]
    if not all(names & set(layout.columns.get(one, ())) for one in needed):
        return 0
    fields = sum(1 for likely in layout.columns.values() if names & set(likely))
    return fields + 3 * sum(1 for mark in layout.marks if mark in names)
