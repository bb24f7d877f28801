"""Every string a person reads is said in Swedish and in Norwegian, with the same placeholders."""

from tools.catalogues import faults
from tools.catalogues.untranslated import untranslated


def test_every_string_is_translated() -> None:
    told = list(faults.find())
    assert not told, "\n".join(["run `make words`, then translate", *told])


def test_no_text_of_a_template_is_out_of_reach_of_a_translation() -> None:
    told = untranslated()
    assert not told, "\n".join(["put it into {% translate %} or {% blocktranslate trimmed %}", *told])
