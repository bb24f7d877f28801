"""UBL 2.1: papers as Peppol BIS Billing 3.0 and Self-billing 3.0 have them."""

from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from utfall.money import PPM, minor_digits
from utfall.papers.amounts import own_tax, sums_of
from utfall.papers.contracts import Line, Paper, Party, Tax, Untaxed
from utfall.papers.parties import SCHEMES
from utfall.papers.words import UNTAXED, WORDS

_CAC: Final = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
_CBC: Final = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
_DOCUMENT: Final = "urn:oasis:names:specification:ubl:schema:xsd:{}-2"
_STANDARD: Final = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:{}:3.0"
_PROCESS: Final = "urn:fdc:peppol.eu:2017:poacc:{}:01:1.0"
_CODES: Final = {Untaxed.REVERSE_CHARGE: "VATEX-EU-AE", Untaxed.ABROAD: "VATEX-EU-O"}
_SELLER, _BUYER = "AccountingSupplierParty", "AccountingCustomerParty"
_TO_A_BANK, _SEPA = "30", "58"
_ONE: Final = "C62"
"""The unit of a line that counts pieces (UN/ECE recommendation 20)."""


def write_ubl(paper: Paper) -> bytes:
    """The paper as XML, elements in the order of the schema.

    A party without a number in a register that Peppol knows has its e-mail for an address: such a paper
    follows EN 16931, and cannot be sent by Peppol.
    """
    name = "CreditNote" if paper.kind.is_credit else "Invoice"
    document = Element(name, {"xmlns": _DOCUMENT.format(name), "xmlns:cac": _CAC, "xmlns:cbc": _CBC})
    _head(document, paper)
    _references(document, paper)
    _party(document, _SELLER, paper.seller, paper.tax)
    _party(document, _BUYER, paper.buyer, paper.tax)
    _payment(document, paper)
    _terms(document, paper)
    _totals(document, paper)
    for number, line in enumerate(paper.lines, start=1):
        _line(document, paper, number, line)
    indent(document, space=" ")
    content: bytes = tostring(document, encoding="UTF-8", xml_declaration=True)
    return content + b"\n"


def _put(parent: Element, path: str, text: str | None = None, **attributes: str) -> Element:
    """Append `cac` elements below one another and a `cbc` one with the text; without text all are `cac`."""
    *outer, last = path.split("/")
    for tag in outer:
        parent = SubElement(parent, f"cac:{tag}")
    found = SubElement(parent, f"{'cac' if text is None else 'cbc'}:{last}", attributes)
    found.text = text
    return found


def _amount(parent: Element, path: str, minor: int, currency: str) -> None:
    digits = minor_digits(currency) or 0
    sign, size = ("-" if minor < 0 else ""), abs(minor)
    whole, rest = divmod(size, 10**digits)
    text = f"{sign}{whole}.{rest:0{digits}}" if digits else f"{sign}{whole}"
    _put(parent, path, text, currencyID=currency)


def _head(document: Element, paper: Paper) -> None:
    which = "selfbilling" if paper.kind.is_self_billing else "billing"
    _put(document, "CustomizationID", _STANDARD.format(which))
    _put(document, "ProfileID", _PROCESS.format(which))
    _put(document, "ID", paper.number)
    _put(document, "IssueDate", paper.issued_on.isoformat())
    if paper.due_on is not None and not paper.kind.is_credit:
        _put(document, "DueDate", paper.due_on.isoformat())
    _put(document, "CreditNoteTypeCode" if paper.kind.is_credit else "InvoiceTypeCode", paper.kind.value)
    if paper.note:
        _put(document, "Note", paper.note)
    _put(document, "DocumentCurrencyCode", paper.currency)
    if paper.own_rate is not None:
        _put(document, "TaxCurrencyCode", paper.own_rate.into)
    _put(document, "BuyerReference", paper.buyer.reference or paper.number)
    period = _put(document, "InvoicePeriod")
    _put(period, "StartDate", paper.period[0].isoformat())
    _put(period, "EndDate", paper.period[1].isoformat())


def _references(document: Element, paper: Paper) -> None:
    if paper.corrects is not None:
        number, day = paper.corrects
        reference = _put(document, "BillingReference/InvoiceDocumentReference")
        _put(reference, "ID", number)
        _put(reference, "IssueDate", day.isoformat())


def _party(document: Element, role: str, party: Party, tax: Tax) -> None:
    """A paper outside of VAT names nobody's VAT number: rules BR-O-02 to BR-O-04."""
    element = _put(document, f"{role}/Party")
    scheme, number = _endpoint(party)
    if number:
        _put(element, "EndpointID", number, schemeID=scheme)
    _put(element, "PartyIdentification/ID", party.known_as)
    _put(element, "PartyName/Name", party.name)
    _address(element, party)
    if party.vat and tax.category != "O":
        _registration(element, party.vat, "VAT")
    if party.registered_as and role == _SELLER:
        _registration(element, party.registered_as, "TAX")
    legal = _put(element, "PartyLegalEntity")
    _put(legal, "RegistrationName", party.name)
    if party.number:
        _put(legal, "CompanyID", party.number, **_registered(party))
    if party.email:
        _put(element, "Contact/ElectronicMail", party.email)


def _registration(element: Element, number: str, scheme: str) -> None:
    registration = _put(element, "PartyTaxScheme")
    _put(registration, "CompanyID", number)
    _put(registration, "TaxScheme/ID", scheme)


def _endpoint(party: Party) -> tuple[str, str]:
    if party.peppol:
        address, _colon, number = party.peppol.partition(":")
        return address, number
    scheme = SCHEMES.get(party.country)
    return (scheme, party.number) if scheme and party.number else ("EM", party.email)


def _registered(party: Party) -> dict[str, str]:
    scheme = SCHEMES.get(party.country)
    return {"schemeID": scheme} if scheme else {}


def _address(parent: Element, party: Party) -> None:
    address = _put(parent, "PostalAddress")
    for tag, text in (("StreetName", party.street), ("CityName", party.town), ("PostalZone", party.postcode)):
        if text:
            _put(address, tag, text)
    _put(address, "Country/IdentificationCode", party.country)


def _payment(document: Element, paper: Paper) -> None:
    payment = paper.payment
    if payment is None:
        return
    means = _put(document, "PaymentMeans")
    is_sepa = payment.is_iban and paper.currency == "EUR"
    _put(means, "PaymentMeansCode", _SEPA if is_sepa else _TO_A_BANK)
    if payment.reference:
        _put(means, "PaymentID", payment.reference)
    account = _put(means, "PayeeFinancialAccount")
    _put(account, "ID", payment.account)
    if payment.bic:
        _put(account, "FinancialInstitutionBranch/ID", payment.bic)


def _terms(document: Element, paper: Paper) -> None:
    """What has something to be paid and no day says how it is paid (BR-CO-25)."""
    if paper.due_on is None and not paper.kind.is_credit:
        _put(document, "PaymentTerms/Note", WORDS["en"]["terms"])


def _totals(document: Element, paper: Paper) -> None:
    sums, currency = sums_of(paper), paper.currency
    total = _put(document, "TaxTotal")
    _amount(total, "TaxAmount", sums.tax, currency)
    part = _put(total, "TaxSubtotal")
    _amount(part, "TaxableAmount", sums.net, currency)
    _amount(part, "TaxAmount", sums.tax, currency)
    _category(part, "TaxCategory", paper.tax, why=True)
    if paper.own_rate is not None:
        own = own_tax(paper, paper.own_rate)
        _amount(_put(document, "TaxTotal"), "TaxAmount", own, paper.own_rate.into)
    amounts = _put(document, "LegalMonetaryTotal")
    _amount(amounts, "LineExtensionAmount", sums.net, currency)
    _amount(amounts, "TaxExclusiveAmount", sums.net, currency)
    _amount(amounts, "TaxInclusiveAmount", sums.total, currency)
    _amount(amounts, "PayableAmount", sums.total, currency)


def _category(parent: Element, tag: str, tax: Tax, *, why: bool) -> None:
    category = _put(parent, tag)
    _put(category, "ID", tax.category)
    if tax.category != "O":
        _put(category, "Percent", percent(tax.rate_ppm))
    if why and tax.untaxed is not None:
        if code := _CODES.get(tax.untaxed):
            _put(category, "TaxExemptionReasonCode", code)
        _put(category, "TaxExemptionReason", UNTAXED["en"][tax.untaxed])
    _put(category, "TaxScheme/ID", "VAT")


def percent(ppm: int) -> str:
    """A rate as a paper writes it.

    >>> percent(255_000), percent(250_000), percent(0)
    ('25.5', '25', '0')
    """
    whole, rest = divmod(ppm * 100, PPM)
    decimals = f"{rest:06}".rstrip("0")
    return f"{whole}.{decimals}" if decimals else str(whole)


def _line(document: Element, paper: Paper, number: int, line: Line) -> None:
    """A price of one has at most the decimals of the amount, so a line is one piece of its whole amount; how
    many outcomes it is about stands in its words. No price is below zero (BR-27): a line against its paper is
    minus one piece.
    """
    is_credit, pieces = paper.kind.is_credit, "-1" if line.minor < 0 else "1"
    element = _put(document, "CreditNoteLine" if is_credit else "InvoiceLine")
    _put(element, "ID", str(number))
    _put(element, "CreditedQuantity" if is_credit else "InvoicedQuantity", pieces, unitCode=_ONE)
    _amount(element, "LineExtensionAmount", line.minor, paper.currency)
    item = _put(element, "Item")
    _put(item, "Name", line.words)
    _category(item, "ClassifiedTaxCategory", paper.tax, why=False)
    _amount(_put(element, "Price"), "PriceAmount", abs(line.minor), paper.currency)
