"""Whom papers name: kept, checked and frozen. What is wrong is told when it is filled in, not when it is
due.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.papers import Party, TaxRefused, party_problems, tax_between
from utfall.portal.access import Caller, Forbidden, Kind, Permission, Problem, Refused, refuse
from utfall.portal.access.errors import Words
from utfall.portal.audit import facade as audit
from utfall.portal.book import facade as book
from utfall.portal.invoices.contracts import AGREEMENT, Draft, ParticularsView
from utfall.portal.invoices.models import Particulars
from utfall.portal.people import facade as people

FIELDS: Final = tuple(Draft.__dataclass_fields__)
WRONG: Final[dict[str, tuple[str, Words]]] = {
    "name": ("name", _("Say the company's name as it is registered.")),
    "country": ("country", _("Choose the country in which the company is established.")),
    "town": ("town", _("Say the town of the address.")),
    "vat": ("vat", _("This is no VAT number of that country. Write it with its country: SE556036079301.")),
    "number": ("registration", _("This is no registration number of that country: a digit is wrong.")),
    "territory": (
        "postcode",
        _("This place has a VAT of its own, which this installation does not know. Ask the operator."),
    ),
}
"""By the reason codes of `utfall.papers`: the field to blame, and how to mend it."""
UNTAXED: Final[dict[str, Words]] = {
    "buyer_vat_needed": _("The buyer's VAT number is needed for papers across a border in the EU."),
    "territory": WRONG["territory"][1],
    "rate_unknown": _("The VAT rate of this country is not known here. Ask the operator."),
    "seller_country": _("The VAT of sellers in this country is not known here. Ask the operator."),
}
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PEPPOL: Final = re.compile(r"\d{4}:[A-Za-z0-9.:-]{1,50}")
_PREFIX: Final = {Kind.OPERATOR: "N", Kind.ADVERTISER: "A", Kind.PUBLISHER: "P"}


def particulars(
    caller: Caller, *, advertiser: int | None = None, publisher: int | None = None
) -> ParticularsView:
    """The caller's own, or those of a party that the operator or an agency names."""
    caller.require(Permission.LOOK)
    return view_of(*whose(caller, advertiser, publisher))


def whose(caller: Caller, advertiser: int | None, publisher: int | None) -> tuple[Kind, int]:
    """Whose particulars are meant; NotFound for parties that are not there."""
    if publisher is not None or caller.kind is Kind.PUBLISHER:
        wanted = publisher if caller.sees_all and publisher is not None else caller.publisher(publisher)
        return Kind.PUBLISHER, people.party(Kind.PUBLISHER, wanted).number
    if advertiser is not None or caller.kind in (Kind.ADVERTISER, Kind.AGENCY):
        if caller.sees_all and advertiser is not None:
            return Kind.ADVERTISER, people.party(Kind.ADVERTISER, advertiser).number
        return Kind.ADVERTISER, caller.advertiser(advertiser)
    if not caller.sees_all:
        raise Forbidden(Kind.OPERATOR.value)
    return Kind.OPERATOR, 0


def set_particulars(
    caller: Caller, draft: Draft, *, advertiser: int | None = None, publisher: int | None = None
) -> ParticularsView:
    """Say whom papers name from now on; Refused with all that is wrong. Issued papers stay as they are."""
    caller.require(Permission.MONEY)
    kind, number = whose(caller, advertiser, publisher)
    draft = _neat(draft)
    if problems := problems_of(draft, kind):
        raise Refused(problems)
    with transaction.atomic():
        row = _held(kind, number)
        before = asdict(_draft(row))
        for name in FIELDS:
            setattr(row, name, getattr(draft, name))
        row.changed_at = timezone.now()
        row.save()
        if asdict(draft) != before:
            _record(caller, "particulars.changed", row, before, asdict(draft))
    return view_of(kind, number)


def accept_agreement(caller: Caller) -> ParticularsView:
    """A publisher agrees that the operator writes its invoices; without that nothing is paid."""
    caller.require(Permission.MONEY)
    number = caller.publisher()
    with transaction.atomic():
        row = _held(Kind.PUBLISHER, number)
        if not row.pk:
            refuse("particulars_first", _("Fill in your company's particulars first."), status=409)
        if row.agreed_version != AGREEMENT:
            before = {"agreement": row.agreed_version}
            row.agreed_version, row.agreed_at, row.agreed_by = AGREEMENT, timezone.now(), caller.actor
            row.save()
            _record(caller, "particulars.agreed", row, before, {"agreement": AGREEMENT})
    return view_of(Kind.PUBLISHER, number)


def view_of(kind: Kind, number: int) -> ParticularsView:
    """What is known of a party, and what is missing."""
    return _view(_row(kind, number))


def views_of(kind: Kind, numbers: Iterable[int]) -> dict[int, ParticularsView]:
    """The same of many."""
    wanted = set(numbers)
    rows = {
        row.number: row for row in Particulars.objects.system().filter(kind=kind.value, number__in=wanted)
    }
    return {one: _view(rows.get(one) or _empty(kind, one)) for one in wanted}


def names_on_papers(kind: Kind) -> dict[int, str]:
    """What papers call advertisers or publishers, by their numbers."""
    return dict(Particulars.objects.system().filter(kind=kind.value).values_list("number", "name"))


def party_of(view: ParticularsView) -> Party:
    """A party as papers name it."""
    draft = view.draft
    return Party(
        name=draft.name,
        country=draft.country,
        known_as=f"{_PREFIX[view.kind]}{view.number}",
        town=draft.town,
        street=draft.street,
        postcode=draft.postcode,
        number=draft.registration,
        vat=draft.vat,
        email=draft.email,
        registered_as=draft.registered_as,
        reference=draft.reference,
        peppol=draft.peppol,
    )


def problems_of(draft: Draft, kind: Kind) -> list[Problem]:
    """Everything that keeps them off a paper."""
    party = party_of(ParticularsView(kind=kind, number=0, draft=draft, problems=()))
    found = [Problem(f"particulars_{code}", WRONG[code][1], WRONG[code][0]) for code in party_problems(party)]
    if draft.email and not _EMAIL.fullmatch(draft.email):
        found.append(Problem("particulars_email", _("This is no e-mail address."), "email"))
    if draft.peppol and not _PEPPOL.fullmatch(draft.peppol):
        sentence = _("A Peppol address is a scheme of four digits, a colon and a number: 0088:7300010000001.")
        found.append(Problem("particulars_peppol", sentence, "peppol"))
    return found


def tax_problem(seller: ParticularsView, buyer: ParticularsView) -> Problem | None:
    """Why no tax can be decided between two parties who are complete; None where it can."""
    try:
        tax_between(party_of(seller), party_of(buyer), book.today())
    except TaxRefused as refused:
        return Problem(f"tax_{refused.code}", UNTAXED[refused.code])
    return None


def _neat(draft: Draft) -> Draft:
    told = {name: " ".join(getattr(draft, name).split()) for name in FIELDS}
    bare = {name: "".join(told[name].split()).upper() for name in ("country", "vat")}
    return replace(draft, **told | bare | {"registration": told["registration"].replace("-", "")})


def _row(kind: Kind, number: int) -> Particulars:
    found = Particulars.objects.system().filter(kind=kind.value, number=number).first()
    return found or _empty(kind, number)


def _held(kind: Kind, number: int) -> Particulars:
    """The same, and nobody else writes it meanwhile: details and agreement are of one row."""
    rows = Particulars.objects.system().select_for_update()
    return rows.filter(kind=kind.value, number=number).first() or _empty(kind, number)


def _empty(kind: Kind, number: int) -> Particulars:
    return Particulars(
        kind=kind.value,
        number=number,
        advertiser=number if kind is Kind.ADVERTISER else None,
        publisher=number if kind is Kind.PUBLISHER else None,
    )


def _draft(row: Particulars) -> Draft:
    return Draft(**{name: getattr(row, name) for name in FIELDS})


def _view(row: Particulars) -> ParticularsView:
    kind, draft = Kind(row.kind), _draft(row)
    return ParticularsView(
        kind=kind,
        number=row.number,
        draft=draft,
        problems=tuple(problems_of(draft, kind)),
        agreed_version=row.agreed_version,
        agreed_at=row.agreed_at,
        agreed_by=row.agreed_by,
        changed_at=row.changed_at if row.pk else None,
    )


def _record(
    caller: Caller, action: str, row: Particulars, before: dict[str, Any], after: dict[str, Any]
) -> None:
    audit.record(
        caller,
        action=action,
        subject=f"particulars {row.pk}",
        before=before,
        after=after,
        advertiser=row.advertiser,
        publisher=row.publisher,
    )
