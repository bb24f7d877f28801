"""Open findings for whoever tells of them: facts, of which each reader's sentence is made later."""

from typing import Any

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.people import facade as people
from utfall.portal.quality.contracts import Doubt, State
from utfall.portal.quality.models import Finding
from utfall.portal.quality.words import DETECTORS, sentence
from utfall.science.quality import Detector


def doubts(caller: Caller, program: int) -> list[Doubt]:
    """The open findings of a program."""
    caller.require(Permission.LOOK)
    rows = list(Finding.objects.of(caller).filter(program=program, state=State.OPEN.value).order_by("pk"))
    sellers = people.parties(Kind.PUBLISHER, {row.publisher for row in rows}) if rows else {}
    return [
        Doubt(
            finding=row.pk,
            detector=Detector(row.detector),
            code=row.code,
            numbers=row.facts,
            publisher=row.publisher,
            publisher_name=sellers[row.publisher].name if row.publisher in sellers else f"#{row.publisher}",
            orders=row.orders,
            clicks=row.clicks,
            stake_micros=row.stake_micros,
            currency=row.currency,
        )
        for row in rows
    ]


def doubt_words(detector: str, numbers: Any, code: str, *, alone: bool) -> str:
    """What a finding says, headed by what was found; `alone`: it blames neither orders nor clicks."""
    known = Detector(detector)
    return f"{DETECTORS[known]}: {sentence(known, numbers, code, of_order=False, alone=alone)}"
