"""Files of every form are read row by row; what is no feed, or a danger, is refused as a whole."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.portal.feeds.files import ATOM, GOOGLE, OWN, packed, table
from utfall.portal.feeds.amounts import price_of
from utfall.portal.feeds.columns import guess, wanting
from utfall.portal.feeds.judging import Judge
from utfall.portal.feeds.opening import Unreadable, look_through
from utfall.portal.feeds.reading import Row, rows_of, samples_of

LAUGHS = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">
<!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;">]><rss><channel><item><id>&lol3;</id></item></channel></rss>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss><channel><item><id>&x;</id></item></channel></rss>"""


def rows(tmp_path: Path, content: bytes) -> list[Row]:
    path = tmp_path / "feed"
    path.write_bytes(content)
    return list(rows_of(path))


def code_of(tmp_path: Path, content: bytes) -> str:
    with pytest.raises(Unreadable) as trouble:
        rows(tmp_path, content)
    return trouble.value.code


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_read_whatever_separates_its_columns(tmp_path: Path, delimiter: str) -> None:
    found = rows(tmp_path, table(delimiter=delimiter))
    assert [row["id"] for row in found] == ["t-1", "s-1"]
    assert found[0]["title"] == "Tält Fjäll 2"


@pytest.mark.parametrize(
    "encoded",
    [
        lambda data: codecs.BOM_UTF8 + data,
        lambda data: data.decode().encode("utf-16"),
        lambda data: codecs.BOM_UTF16_BE + data.decode().encode("utf-16-be"),
        lambda data: data.decode().encode("cp1252"),
        packed,
        lambda data: data.replace(b"\r\n", b"\n"),
    ],
)
def test_encodings_and_packing_are_found_out(tmp_path: Path, encoded: object) -> None:
    found = rows(tmp_path, encoded(table()))  # type: ignore[operator]
    assert [row["id"] for row in found] == ["t-1", "s-1"]
    assert found[0]["title"] == "Tält Fjäll 2"


def test_a_letter_far_into_the_file_decides_its_encoding(tmp_path: Path) -> None:
    far = table([("1", "a" * 200, "1", "u", "i", "", "", "", "")] * 9000).decode() + "2,Tält,1,u,i,,,,\n"
    assert rows(tmp_path, far.encode("cp1252"))[-1]["title"] == "Tält"


def test_a_cell_may_hold_lines_and_quotation_marks(tmp_path: Path) -> None:
    data = b'id;name\n1;"two\nlines; and ""marks"""\n2;plain\n'
    assert [row["name"] for row in rows(tmp_path, data)] == ['two\nlines; and "marks"', "plain"]


def test_google_merchant_atom_and_a_shops_own_xml_are_read(tmp_path: Path) -> None:
    google = rows(tmp_path, GOOGLE.encode())
    assert [row["id"] for row in google] == ["t-1", "s-1"]
    assert (google[1]["title"], google[0]["shipping/country"]) == ("Kök & panna", "SE")
    assert rows(tmp_path, ATOM.encode())[0]["link"] == "https://acme.test/t/1"
    own = rows(tmp_path, OWN.encode("utf-16"))
    assert (own[0]["@artnr"], own[0]["namn"]) == ("t-1", "Tent")
    latin = '<?xml version="1.0" encoding="ISO-8859-1"?><a><item><id>å</id></item></a>'
    assert rows(tmp_path, latin.encode("latin-1")) == [{"id": "å"}]


@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE])
def test_xml_that_defines_entities_is_not_read(tmp_path: Path, content: str) -> None:
    assert code_of(tmp_path, content.encode()) == "entities"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"x" * (10 << 20), "line_too_long"),
        (b"id,name\n" + b"y" * (10 << 20), "line_too_long"),
        (b'id,name\n1,"' + b"y" * 200_000 + b'"\n', "table_broken"),
        (b"PK\x03\x04rest", "not_text"),
        (b"%PDF-1.7", "not_text"),
        (b"id,na\0me\n", "not_text"),
        (b"only one column\nand more\n", "no_columns"),
        (b"a," * 400 + b"\n", "too_many_columns"),
        (b"<rss><channel><item><id>1</id></channel></rss>", "xml_broken"),
        (b"<rss><item><id>" + b"x" * (5 << 20) + b"</id></item></rss>", "item_too_large"),
        (b"<a>" * 40 + b"</a>" * 40, "xml_broken"),
        (packed(b"id,name\n1,2\n")[:-6], "packing_broken"),
        (b"\x1f\x8bnot really", "packing_broken"),
        (packed(b"id,name\n" + b"a" * (60 << 20)), "bomb"),
    ],
)
def test_what_is_no_feed_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    assert code_of(tmp_path, content) == code


def test_samples_are_the_first_rows_with_all_columns(tmp_path: Path) -> None:
    path = tmp_path / "feed"
    path.write_bytes(GOOGLE.encode())
    names, found = samples_of(path)
    assert len(found) == 2
    assert {"id", "title", "sale_price", "shipping/country"} <= set(names)
    assert look_through(path).is_xml


def test_columns_are_guessed_by_their_usual_names() -> None:
    mapping = guess(["artnr", "Namn", "Pris", "Länk", "Bild", "EAN", "Varumärke", "lagersaldo"])
    assert wanting(mapping) == []
    assert (mapping["gtin"], mapping["brand"], mapping["stock"]) == ("EAN", "Varumärke", "lagersaldo")
    assert wanting(guess(["id", "title"])) == ["price", "deep_link", "image_url"]
    assert wanting({"product_id": "a"}, ["b"])[0] == "product_id"


@pytest.mark.parametrize(
    ("text", "micros", "currency"),
    [
        ("1 999,00 SEK", 1_999_000_000, "SEK"),
        ("1.999,50 kr", 1_999_500_000, ""),
        ("1,999.50", 1_999_500_000, ""),
        ("€12", 12_000_000, "EUR"),
        ("499:-", 499_000_000, ""),
        ("12.5", 12_500_000, ""),
        ("1.234.567", 1_234_567_000_000, ""),
        ("0.125", 125_000, ""),
        ("1999.000000", 1_999_000_000, ""),
    ],
)
def test_prices_are_read_as_shops_write_them(text: str, micros: int, currency: str) -> None:
    assert price_of(text) == (micros, currency)


@pytest.mark.parametrize("text", ["", "free", "1,234", "12.34.5", "10-20", "1e5", "9" * 40, "12 (3 for 30)"])
def test_prices_that_could_mean_two_things_are_not_guessed(text: str) -> None:
    assert price_of(text) is None


@given(st.text(max_size=70))
def test_no_text_breaks_the_reading_of_prices(text: str) -> None:
    found = price_of(text)
    assert found is None or abs(found.micros) <= 10**15


@pytest.mark.parametrize(
    ("label", "days"),
    [
        ("30", 30),
        ("30_days", 30),
        ("14 dagar öppet köp", 14),
        ("default", None),
        ("14-30 days", None),
        ("0", None),
        ("9999", None),
        ("", None),
    ],
)
def test_a_return_window_is_one_number_of_days_or_left_out(label: str, days: int | None) -> None:
    row = {"id": "t", "title": "T", "price": "1", "link": "https://a.test/1", "image": "https://a.test/2"}
    mapping = guess(["id", "title", "price", "link", "image", "return policy label"])
    assert mapping["return_days"] == "return policy label"
    kept = Judge(mapping, "SEK", ("a.test",)).judge({**row, "return policy label": label})
    assert kept.columns["return_days"] == days
    assert kept.warnings == (() if days or not label else ("returns_unreadable",))
