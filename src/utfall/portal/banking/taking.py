"""What the rows of a file are: by our name a payout, by its reference a deposit, else a person decides.

Every table is asked once for a lot of rows, and what was told before is known by its key.
"""

import time
from collections.abc import Mapping, Sequence
from typing import Final

from django.db import transaction

from utfall.bank import Verdict as Said
from utfall.portal.banking import fundings, references
from utfall.portal.banking.contracts import Settled, Verdict
from utfall.portal.banking.models import BankFile, Movement
from utfall.portal.banking.reading import Row
from utfall.portal.payouts import facade as payouts
from utfall.portal.payouts.contracts import Result
from utfall.portal.validation.facade import money_id

KEY: Final = 64
VERDICTS: Final = {"known": Verdict.KNOWN, "not_now": Verdict.NOT_NOW, "unknown": Verdict.UNKNOWN_PAYOUT}


def take(file: BankFile, rows: Sequence[Row]) -> None:
    """Write down what rows say, each with its verdict: in a transaction, after which its events follow."""
    fresh, seen = [], _known(rows)
    for one in rows:
        fresh.append(one.key not in seen)
        seen.add(one.key)
    told = [row for row, is_fresh in zip(rows, fresh, strict=True) if is_fresh]
    answers = _noted(told)
    owners = references.advertisers_of(one.reference for one in told if _is_deposit(one))
    moved = [
        _judged(file, row, answers, owners) if is_fresh else _movement(file, row, Verdict.TWICE)
        for row, is_fresh in zip(rows, fresh, strict=True)
    ]
    Movement.objects.system().bulk_create(moved)
    events = [one.key for one in moved if one.event]
    if events:
        transaction.on_commit(lambda: fundings.write(events))


def _known(rows: Sequence[Row]) -> set[str]:
    """The keys that were told before."""
    keys = [row.key[:KEY] for row in rows]
    return set(Movement.objects.system().filter(key__in=keys).values_list("key", flat=True))


def _is_of_payout(row: Row) -> bool:
    """Whether it answers one of our payments, or moves it."""
    is_named = payouts.number_of(row.name) is not None
    return row.verdict is not None or (is_named and (row.micros < 0 or row.returned))


def _is_deposit(row: Row) -> bool:
    return not _is_of_payout(row) and row.micros >= 0


def _noted(rows: Sequence[Row]) -> dict[str, str]:
    """What payouts make of rows, by their keys."""
    about = [row for row in rows if _is_of_payout(row)]
    said = payouts.note(_result(row) for row in about)
    return {row.key: answer for row, answer in zip(about, said, strict=True)}


def _result(row: Row) -> Result:
    return Result(
        name=row.name,
        verdict=_said(row),
        identity=row.key,
        on=row.on,
        reason=row.reason,
        words=row.text,
        returned=row.returned,
        micros=None if row.verdict is not None else abs(row.micros),
        currency=row.currency,
    )


def _said(row: Row) -> Said:
    return row.verdict or (Said.FAILED if row.returned else Said.COMPLETED)


def _judged(file: BankFile, row: Row, answers: Mapping[str, str], owners: Mapping[str, int]) -> Movement:
    """What a row is: an answer about a payout, a payout's debit or return, a deposit, or nobody's."""
    if row.key in answers:
        verdict = VERDICTS.get(answers[row.key]) or _good(_said(row), returned=row.returned)
        return _movement(file, row, verdict, payout=payouts.number_of(row.name))
    if row.micros < 0:
        return _movement(file, row, Verdict.OUTGOING)
    return _deposit(file, row, owners.get(row.reference))


def _good(said: Said, *, returned: bool) -> Verdict:
    if returned:
        return Verdict.RETURNED
    return {
        Said.COMPLETED: Verdict.PAID,
        Said.FAILED: Verdict.FAILED,
        Said.UNDER_WAY: Verdict.UNDER_WAY,
    }[said]


def _deposit(file: BankFile, row: Row, advertiser: int | None) -> Movement:
    at_ms = time.time_ns() // 1_000_000
    return _movement(
        file,
        row,
        Verdict.SUSPENSE if advertiser is None else Verdict.DEPOSIT,
        advertiser=advertiser,
        event=money_id(at_ms, "funding", row.key),
        event_ms=at_ms,
        settled=Settled.WAITING.value,
    )


def _movement(file: BankFile, row: Row, verdict: Verdict, **more: object) -> Movement:
    return Movement(
        file=file,
        key=row.key[:KEY],
        on=row.on,
        micros=row.micros,
        currency=row.currency,
        name=row.name[:70],
        reference=row.reference[:40],
        text=row.text[:500],
        other_party=row.other_party[:140],
        verdict=verdict.value,
        **more,
    )
