"""The reference says what the code says."""

from tools.reference.pages import drifted


def test_the_reference_is_what_the_code_says() -> None:
    assert list(drifted()) == [], "run `make docs`"
