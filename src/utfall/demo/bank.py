"""An invented bank: its statements (`camt.053`) and answers (`pain.002`), and what stands with it.

    bank = Bank({"SEK": "SE35…"})
    bank.credit(day, "SEK", micros, "123463", "Fjällbutiken AB")    # bytes, as any bank sends them

The same calls give the same bytes. It checks nothing: what a portal makes of its files is the portal's.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Final

from utfall.bank.transfers import decimal

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:'
_REFUSED: Final = "<StsRsnInf><Rsn><Cd>{}</Cd></Rsn><AddtlInf>{}</AddtlInf></StsRsnInf>"


@dataclass
class Bank:
    """Names its files and movements in order. `accounts`: the customer's IBAN in each currency.

    `series` begins those names, so that two banks of one customer say nothing twice.
    """

    accounts: dict[str, str]
    series: str = "B"
    holds: Counter[str] = field(default_factory=Counter)
    """What stands on the account of each currency, in micros."""
    _count: int = 0

    def credit(self, day: date, currency: str, micros: int, reference: str, payer: str = "") -> bytes:
        """Somebody paid in."""
        name = f"<RltdPties><Dbtr><Pty><Nm>{escape(payer)}</Nm></Pty></Dbtr></RltdPties>" if payer else ""
        told = f"<RmtInf><Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd></RmtInf>"
        part = _part(currency, micros, "CRDT", "NOTPROVIDED", name + (told if reference else ""))
        return self._statement(day, currency, [self._entry(day, currency, micros, part)])

    def debits(self, day: date, currency: str, payments: Iterable[tuple[str, int]]) -> bytes:
        """The bank paid what a file asked for: an entry for each payment, by the name it was given."""
        entries = [
            self._entry(day, currency, -micros, _part(currency, micros, "DBIT", name))
            for name, micros in payments
        ]
        return self._statement(day, currency, entries)

    def came_back(self, day: date, currency: str, name: str, micros: int, reason: str = "AC04") -> bytes:
        """A payment that was made came back."""
        told = f"<RtrInf><Rsn><Cd>{reason}</Cd></Rsn></RtrInf>"
        part = _part(currency, micros, "CRDT", name, told)
        return self._statement(day, currency, [self._entry(day, currency, micros, part)])

    def refused(
        self, day: date, file: str, name: str, reason: str = "AC04", words: str = "Account is closed"
    ) -> bytes:
        """The bank does not make one payment of a file."""
        answer = (
            f"<TxInfAndSts><OrgnlEndToEndId>{name}</OrgnlEndToEndId><TxSts>RJCT</TxSts>"
            f"{_REFUSED.format(reason, escape(words))}</TxInfAndSts>"
        )
        return (
            f'{_HEAD}pain.002.001.14"><CstmrPmtStsRpt>'
            f"<GrpHdr><MsgId>{self._next()}</MsgId><CreDtTm>{day}T07:00:00</CreDtTm></GrpHdr>"
            f"<OrgnlGrpInfAndSts><OrgnlMsgId>{file}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>"
            f"</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>{file}-1</OrgnlPmtInfId>{answer}"
            "</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"
        ).encode()

    def _next(self) -> str:
        self._count += 1
        return f"{self.series}-{self._count}"

    def _entry(self, day: date, currency: str, micros: int, part: str) -> str:
        self.holds[currency] += micros
        sign = "CRDT" if micros > 0 else "DBIT"
        return (
            f"<Ntry>{_amount(currency, abs(micros))}<CdtDbtInd>{sign}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
            f"<BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>{self._next()}</AcctSvcrRef><BkTxCd/>"
            f"<NtryDtls>{part}</NtryDtls></Ntry>"
        )

    def _statement(self, day: date, currency: str, entries: list[str]) -> bytes:
        name = self._next()
        return (
            f'{_HEAD}camt.053.001.08"><BkToCstmrStmt>'
            f"<GrpHdr><MsgId>{name}</MsgId><CreDtTm>{day}T20:00:00</CreDtTm></GrpHdr>"
            f"<Stmt><Id>{name}</Id><Acct><Id><IBAN>{self.accounts[currency]}</IBAN></Id><Ccy>{currency}</Ccy></Acct>"
            f"{self._closing(day, currency)}{''.join(entries)}</Stmt></BkToCstmrStmt></Document>"
        ).encode()

    def _closing(self, day: date, currency: str) -> str:
        holds = self.holds[currency]
        sign = "CRDT" if holds >= 0 else "DBIT"
        return (
            f"<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp>{_amount(currency, abs(holds))}"
            f"<CdtDbtInd>{sign}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
        )


def _amount(currency: str, micros: int) -> str:
    return f'<Amt Ccy="{currency}">{decimal(micros, currency)}</Amt>'


def _part(currency: str, micros: int, sign: str, name: str, more: str = "") -> str:
    return (
        f"<TxDtls><Refs><EndToEndId>{name}</EndToEndId></Refs>{_amount(currency, micros)}"
        f"<CdtDbtInd>{sign}</CdtDbtInd>{more}</TxDtls>"
    )
