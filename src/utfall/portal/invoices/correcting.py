"""Credit notes that correct a paper: what was wrong is taken back, and earned again for the next run."""

import time
from collections.abc import Sequence
from typing import Final

import msgspec
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from utfall.events import PaperKind
from utfall.money import minor_micros
from utfall.papers import Line
from utfall.papers.words import LINES
from utfall.portal.access import Caller, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.book import facade as book
from utfall.portal.book.facade import PaperRow
from utfall.portal.invoices import ledger
from utfall.portal.invoices.composing import KINDS, amounts_of
from utfall.portal.invoices.frozen import Frozen, decoded, encoded, kept
from utfall.portal.invoices.house import require_house
from utfall.portal.invoices.issuing import freeze
from utfall.portal.invoices.models import Paper
from utfall.portal.invoices.paper_contracts import PaperState

CREDITS: Final = {
    PaperKind.INVOICE.value: PaperKind.CREDIT_NOTE,
    PaperKind.SELF_BILLING.value: PaperKind.SELF_BILLING_CREDIT,
}

WAITING: Final = (PaperState.DRAFT.value, PaperState.PENDING.value)
"""A credit note that has no answer yet."""


def correct(caller: Caller, number: int, *, why: str, net_micros: int | None = None) -> int:
    """Issue a credit note over a paper's net, or a part of it; its number among our rows."""
    require_house(caller)
    row = Paper.objects.one(caller, pk=number, state=PaperState.ISSUED.value)
    if not why.strip():
        refuse("why_needed", _("Say what was wrong: it stands on the credit note and in the log."), "why")
    if row.kind not in CREDITS:
        refuse(
            "is_credit", _("A credit note cannot be credited. Issue what is right with the next run."), "why"
        )
    credit = _credit(caller, row, why.strip()[:300], net_micros)
    transaction.on_commit(lambda: _issue(credit))
    return credit.pk


def _issue(credit: Paper) -> None:
    assert credit.issued_on is not None, "a credit note is of its day"
    assert credit.event_ms is not None, "a credit note is of its time"
    freeze([credit], credit.issued_on, credit.event_ms)


def _credit(caller: Caller, row: Paper, why: str, net_micros: int | None) -> Paper:
    with transaction.atomic():
        if Paper.objects.system().filter(corrects=row.name, state__in=WAITING).exists():
            refuse("under_way", _("A credit note over this paper is on its way. Wait a moment."), status=409)
        told = ledger.named([row.name])[row.name]
        net = _checked(told, net_micros)
        frozen = _frozen(row, told, net, why)
        credit = _row(caller, row, frozen, why)
        _record(caller, row, credit)
    return credit


def _checked(told: PaperRow, net_micros: int | None) -> int:
    """How much is taken back: all that is left, or what was asked for."""
    left = told.net_micros - told.credited_micros
    if not left:
        refuse("credited", _("All of this paper was credited already."), status=409)
    net = left if net_micros is None else net_micros
    if net % minor_micros(told.currency):
        refuse("not_whole", _("Write a whole amount: papers have no parts of the smallest unit."), "amount")
    if not 0 < net <= left:
        refuse("exceeds_paper", _("Write more than zero, and at most what was not credited yet."), "amount")
    return net


def _frozen(row: Paper, told: PaperRow, net: int, why: str) -> Frozen:
    """The credit note: of the whole paper its lines, of a part one line; all else as it was."""
    frozen = decoded(kept(row.digest))
    paper = frozen.paper
    lines: Sequence[Line] = paper.lines
    if net != told.net_micros:
        words = LINES[frozen.language]["credit"].format(name=row.name)
        lines = (Line(words=words, minor=net // minor_micros(row.currency)),)
    credit = msgspec.structs.replace(
        paper,
        kind=KINDS[CREDITS[row.kind]],
        number="",
        lines=tuple(lines),
        due_on=None,
        payment=None,
        corrects=(row.name, paper.issued_on),
        note=why,
    )
    return msgspec.structs.replace(frozen, paper=credit)


def _row(caller: Caller, row: Paper, frozen: Frozen, why: str) -> Paper:
    net, tax = amounts_of(frozen.paper)
    return Paper.objects.system().create(
        owner=row.owner,
        party=row.party,
        advertiser=row.advertiser,
        publisher=row.publisher,
        kind=CREDITS[row.kind].value,
        currency=row.currency,
        standing_micros=net,
        net_micros=net,
        tax_micros=tax,
        state=PaperState.DRAFT.value,
        content=encoded(frozen).decode(),
        issued_on=book.today(),
        event_ms=time.time_ns() // 1_000_000,
        corrects=row.name,
        why=why,
        actor=caller.actor,
    )


def _record(caller: Caller, row: Paper, credit: Paper) -> None:
    audit.record(
        caller,
        action="paper.corrected",
        subject=f"paper {row.pk}",
        before=None,
        after={"net": {"micros": credit.net_micros, "currency": credit.currency}},
        why=credit.why,
        advertiser=row.advertiser,
        publisher=row.publisher,
    )
