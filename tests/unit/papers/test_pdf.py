"""Papers as PDF: archival, in three languages, the same each time. What breaks PDF/A or PDF/UA is refused."""

import pytest
from msgspec import json, structs

from tests.unit.papers.parties import FINNISH, NETWORK, RATE, SWEDISH
from tests.unit.papers.rules import pdf_of
from tests.unit.papers.test_ubl import LINES, WORKED, paper
from utfall.papers import Kind, Line, Payment, Untaxed
from utfall.papers.pdf import write_pdf
from utfall.papers.words import UNTAXED, WORDS, Language


@pytest.mark.parametrize("language", ["en", "sv", "nb"])
def test_a_paper_is_archival_and_the_same_each_time(language: Language) -> None:
    written = paper(Kind.SELF_BILLING, SWEDISH, NETWORK)
    content = write_pdf(written, language)
    assert content == write_pdf(written, language)
    assert b"<pdfaid:part>3</pdfaid:part>" in content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content


def test_a_long_paper_runs_over_pages() -> None:
    lines = tuple(Line(words=f"Program {number}", minor=number) for number in range(1, 200))
    short, long = (
        write_pdf(paper(Kind.INVOICE, NETWORK, FINNISH, "EUR", lines=some), "nb") for some in (LINES, lines)
    )
    assert short.count(b"/Type/Page\n") <= 1
    assert len(long) > 2 * len(short)


def test_another_library_reads_on_the_pdf_what_stands_on_the_paper() -> None:
    written = paper(Kind.SELF_BILLING, SWEDISH, NETWORK, "NOK", WORKED)
    (page,) = pdf_of(write_pdf(structs.replace(written, own_rate=RATE), "sv")).pages
    told = " ".join(page.extract_text().split())
    for words in (
        *("Självfaktura", "A-2026-000017", SWEDISH.name, SWEDISH.vat, NETWORK.name, NETWORK.vat),
        *("1 dec. 2026", "1 nov. 2026 – 30 nov. 2026", "SE4550000000058398257466", "123463"),
        "Moms i SEK: 328,56, då 1 NOK är 1,064585 SEK (ECB, 30 okt. 2026).",
    ):
        assert words in told
    assert "Moms 25 % 308,63 Att betala 1 543,13 NOK" in told


def test_accounts_stand_as_people_read_them_and_as_they_did_before() -> None:
    """As it is written, unless the paper was frozen before that was kept."""
    invoice = paper(Kind.INVOICE, NETWORK, SWEDISH)
    giro = Payment(account="58056201", is_iban=False, written="5805-6201")
    before = json.decode(b'{"account":"58056201","bic":"","is_iban":false,"reference":""}', type=Payment)
    for one, account in ((giro, "5805-6201"), (before, "58056201")):
        (page,) = pdf_of(write_pdf(structs.replace(invoice, payment=one), "sv")).pages
        assert f"Konto {account} " in " ".join(page.extract_text().split())


def test_another_library_finds_what_an_archive_asks_for() -> None:
    """Fonts within, letters that can be read out, tags, a language, defined colours; nothing locked."""
    found = pdf_of(write_pdf(paper(Kind.INVOICE, NETWORK, SWEDISH), "nb"))
    root = found.trailer["/Root"]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"]), found.is_encrypted) == ("nb", True, False)
    assert [one["/S"] for one in root["/OutputIntents"]] == ["/GTS_PDFA1"]
    assert not {"/AA", "/OpenAction", "/AcroForm"} & set(root)
    fonts = [one.get_object() for page in found.pages for one in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        (inner,) = font["/DescendantFonts"]
        assert "/ToUnicode" in font
        assert "/FontFile3" in inner.get_object()["/FontDescriptor"]


def test_every_language_has_every_word_and_reason() -> None:
    for language, words in WORDS.items():
        assert set(words) == set(WORDS["en"])
        assert set(UNTAXED[language]) == set(Untaxed)
