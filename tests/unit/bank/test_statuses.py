"""What banks answer to a file: by payment, by group, with reasons, and what is no answer."""

import pytest

from tests.unit.bank.schemas import said_of
from utfall.bank import BankFileError, Verdict, read_status_report


def report(body: str, version: str = "pain.002.001.14", group: str = "") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{version}"><CstmrPmtStsRpt>
<GrpHdr><MsgId>BANK-1</MsgId><CreDtTm>2026-11-25T07:00:00</CreDtTm></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>UPB7</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>{group}</OrgnlGrpInfAndSts>
{body}</CstmrPmtStsRpt></Document>""".encode()


def of_payment(name: str, code: str, reason: str = "") -> str:
    return (
        f"<TxInfAndSts><OrgnlEndToEndId>{name}</OrgnlEndToEndId><TxSts>{code}</TxSts>{reason}</TxInfAndSts>"
    )


GROUP = "<OrgnlPmtInfAndSts><OrgnlPmtInfId>UPB7-1</OrgnlPmtInfId>{}</OrgnlPmtInfAndSts>"
CLOSED = "<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Account is closed</AddtlInf></StsRsnInf>"


@pytest.mark.parametrize("version", ["pain.002.001.03", "pain.002.001.14"])
def test_each_payment_has_its_own_answer(version: str) -> None:
    content = report(
        GROUP.format(
            of_payment("UP1", "ACSC") + of_payment("UP2", "RJCT", CLOSED) + of_payment("UP3", "PDNG")
        ),
        version,
    )
    assert said_of(content, version) == [] or version.endswith(".03")  # ACSC came with a later code list
    read = read_status_report(content)
    assert (read.name, read.file, read.of_all) == ("BANK-1", "UPB7", None)
    assert [(one.name, one.verdict) for one in read.payments] == [
        ("UP1", Verdict.COMPLETED),
        ("UP2", Verdict.FAILED),
        ("UP3", Verdict.UNDER_WAY),
    ]
    assert (read.payments[1].reason, read.payments[1].words) == ("AC04", "Account is closed")


def test_a_whole_file_can_be_answered_at_once() -> None:
    content = report("", group="<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>")
    assert said_of(content, "pain.002.001.14") == []
    read = read_status_report(content)
    assert read.of_all is not None
    assert (read.of_all.verdict, read.of_all.reason, read.payments) == (Verdict.FAILED, "FF01", ())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"not xml", "not_xml"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "not_xml"),
        (report("").replace(b"pain.002", b"camt.053"), "other_message"),
        (report(GROUP.format(of_payment("UP1", "WHAT"))), "status"),
        (report(GROUP.format("<TxInfAndSts><TxSts>ACSC</TxSts></TxInfAndSts>")), "incomplete"),
    ],
)
def test_what_is_no_answer_is_refused_with_a_reason(content: bytes, code: str) -> None:
    with pytest.raises(BankFileError) as refused:
        read_status_report(content)
    assert refused.value.code == code
