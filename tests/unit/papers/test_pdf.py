"""Papers as PDF: archival, in three languages, the same each time. What breaks PDF/A or PDF/UA is refused."""

import pytest

from tests.unit.papers.parties import FINNISH, NETWORK, SWEDISH
from tests.unit.papers.test_ubl import LINES, paper
from utfall.papers import Kind, Line, Untaxed
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


def test_every_language_has_every_word_and_reason() -> None:
    for language, words in WORDS.items():
        assert set(words) == set(WORDS["en"])
        assert set(UNTAXED[language]) == set(Untaxed)
