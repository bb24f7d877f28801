"""Taking a file: it is kept, its heading is read, and network and kind are told from that."""

import uuid
from typing import IO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, NotFound, Permission, refuse
from utfall.portal.imports import contracts
from utfall.portal.imports.contracts import ImportView, Network, State
from utfall.portal.imports.keeping import FILES
from utfall.portal.imports.models import Import
from utfall.portal.imports.networks import detected, suggested
from utfall.portal.imports.own import fitting, places
from utfall.portal.imports.reading import Unreadable, heading_of
from utfall.portal.imports.showing import view_of
from utfall.portal.imports.words import TROUBLES

OPEN_AT_MOST = 20
"""How many files of an advertiser may wait to be imported."""


def upload(caller: Caller, file: IO[bytes], name: str, *, advertiser: int | None = None) -> ImportView:
    """Take a file for an advertiser; its columns are checked next. Refused where it is no table."""
    caller.require(Permission.MANAGE)
    if caller.kind is Kind.PUBLISHER:
        raise NotFound
    owner = caller.advertiser(advertiser)
    _refuse_more(caller, owner)
    kept = FILES.keep(file)
    try:
        heading = heading_of(kept.content)
    except Unreadable as trouble:
        FILES.drop(kept.name)
        refuse(trouble.code, TROUBLES[trouble.code], "file")
    own = fitting(caller, owner, heading.columns)
    if own is not None:
        network, kind = Network(own.network), contracts.Kind(own.kind)
    else:
        network, kind = detected(heading.columns) or (Network.OTHER, contracts.Kind.TRANSACTIONS)
    plain = name.replace("\\", "/").rpartition("/")[2][:200]
    row = Import.objects.of(caller).create(
        advertiser=owner,
        organisation=caller.organisation,
        actor=caller.actor,
        user=caller.user,
        name=plain or "file.csv",
        bytes=len(kept.content),
        digest=kept.digest,
        file=kept.name,
        network=network.value,
        kind=kind.value,
        columns=heading.columns,
        mapping=places(own, heading.columns) if own else suggested(network, kind, heading.columns),
        state=State.MAPPING.value,
        ident=uuid.uuid4().hex,
    )
    return view_of(caller, row)


def discard(caller: Caller, number: int) -> ImportView:
    """Forget a file that was not imported."""
    caller.require(Permission.MANAGE)
    row = Import.objects.one(caller, pk=number)
    idle = [State.MAPPING.value, State.CHECKED.value, State.FAILED.value]
    with transaction.atomic():
        waiting = Import.objects.of(caller).filter(pk=row.pk, state__in=idle)
        if not waiting.update(state=State.DISCARDED.value, file=""):
            refuse("not_waiting", _("This file was imported or discarded already."), status=409)
        row.lines.all().delete()
        transaction.on_commit(lambda: FILES.drop(row.file))
    row.refresh_from_db()
    return view_of(caller, row)


def _refuse_more(caller: Caller, advertiser: int) -> None:
    idle = [State.MAPPING.value, State.CHECKED.value, State.CHECKING.value]
    if Import.objects.of(caller).filter(advertiser=advertiser, state__in=idle).count() >= OPEN_AT_MOST:
        refuse(
            "too_many_open",
            _("20 files wait to be imported already. Import or discard some of them."),
            "file",
            status=409,
        )
