"""Papers as PDF, set by Typst: archival (PDF/A-3) and readable aloud (PDF/UA-1)."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst
from babel.dates import format_date
from babel.numbers import format_decimal

from utfall.money import minor_digits
from utfall.papers.amounts import own_tax, sums_of
from utfall.papers.contracts import Paper, Party
from utfall.papers.ubl import percent
from utfall.papers.words import UNTAXED, WORDS, Language

_TEMPLATE: Final = Path(__file__).with_name("paper.typ")


def write_pdf(paper: Paper, language: Language) -> bytes:
    """The paper's bytes, the same each time: its time is midnight UTC of the day it was issued."""
    midnight = datetime.combine(paper.issued_on, datetime.min.time(), UTC)
    said = json.dumps(_said(paper, language), ensure_ascii=False)
    content = _compiler().compile(
        format="pdf", sys_inputs={"paper": said}, pdf_standards=["a-3a", "ua-1"], timestamp=midnight
    )
    assert isinstance(content, bytes)
    return content


@cache
def _compiler() -> typst.Compiler:
    """One for all papers of a process, with the fonts of Typst itself, so that every machine has them."""
    return typst.Compiler(input=_TEMPLATE, root=_TEMPLATE.parent, ignore_system_fonts=True)


def _said(paper: Paper, language: Language) -> dict[str, Any]:
    words, sums = WORDS[language], sums_of(paper)
    return {
        "language": language,
        "title": words[paper.kind.value],
        "number": paper.number,
        "currency": paper.currency,
        "said": words["self_billing"] if paper.kind.is_self_billing else "",
        "words": words,
        "seller": _party(paper.seller, words),
        "buyer": _party(paper.buyer, words),
        "facts": _facts(paper, language),
        "lines": [[line.words, _amount(line.minor, paper.currency, language)] for line in paper.lines],
        "sums": [
            [words["net"], _amount(sums.net, paper.currency, language)],
            [f"{words['tax']} {_percent(paper, language)} %", _amount(sums.tax, paper.currency, language)],
        ],
        "total": [
            words["credited" if paper.kind.is_credit else "total"],
            f"{_amount(sums.total, paper.currency, language)} {paper.currency}",
        ],
        "terms": words["terms"] if paper.due_on is None and not paper.kind.is_credit else "",
        "tax": _about_tax(paper, language),
        "payment": _payment(paper, words),
        "note": paper.note,
        "foot": _foot(paper.seller),
    }


def _about_tax(paper: Paper, language: Language) -> str:
    """Why none is charged; or what it comes to in the currency of the seller's country."""
    if paper.tax.untaxed is not None:
        return UNTAXED[language][paper.tax.untaxed]
    rate = paper.own_rate
    if rate is None:
        return ""
    one = Decimal(rate.into_micros) / rate.currency_micros
    return WORDS[language]["own_tax"].format(
        currency=rate.currency,
        into=rate.into,
        amount=_amount(own_tax(paper, rate), rate.into, language),
        rate=format_decimal(one, "0.00####", locale=language),
        source=rate.source,
        day=_day(rate.day, language),
    )


def _foot(seller: Party) -> str:
    return " · ".join(filter(None, (seller.name, seller.number, seller.registered_as)))


def _facts(paper: Paper, language: Language) -> list[list[str]]:
    words = WORDS[language]
    facts = [[words["issued"], _day(paper.issued_on, language)]]
    if paper.due_on is not None:
        facts.append([words["due"], _day(paper.due_on, language)])
    facts.append([words["period"], " – ".join(_day(one, language) for one in paper.period)])
    if paper.corrects is not None:
        facts.append([words["corrects"], f"{paper.corrects[0]}, {_day(paper.corrects[1], language)}"])
    if paper.buyer.reference:
        facts.append([words["reference"], paper.buyer.reference])
    return facts


def _party(party: Party, words: dict[str, str]) -> dict[str, Any]:
    place = " ".join(filter(None, (party.postcode, party.town)))
    rows = [party.street, f"{place}, {party.country}"]
    rows += [f"{words[name]} {text}" for name, text in (("number", party.number), ("vat", party.vat)) if text]
    return {"name": party.name, "rows": [one for one in rows if one]}


def _payment(paper: Paper, words: dict[str, str]) -> list[list[str]]:
    if paper.payment is None:
        return []
    known = (
        (words["account"], paper.payment.written or paper.payment.account),
        (words["bic"], paper.payment.bic),
        (words["payment"], paper.payment.reference),
    )
    return [[name, text] for name, text in known if text]


def _amount(minor: int, currency: str, language: Language) -> str:
    """An amount as the language writes it; decimals are those of the currency."""
    digits = minor_digits(currency) or 0
    whole, rest = divmod(abs(minor), 10**digits)
    text = format_decimal(whole, locale=language)
    mark = "." if language == "en" else ","
    return f"{'-' if minor < 0 else ''}{text}{f'{mark}{rest:0{digits}}' if digits else ''}"


def _percent(paper: Paper, language: Language) -> str:
    text = percent(paper.tax.rate_ppm)
    return text if language == "en" else text.replace(".", ",")


def _day(day: date, language: Language) -> str:
    return format_date(day, format="medium", locale=language)
