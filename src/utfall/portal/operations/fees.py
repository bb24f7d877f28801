"""The network fee of every program: what it is, what it will be, and changing it as any term is changed."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Permission, Slice, refuse
from utfall.portal.operations.contracts import FeeView
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView, TermsView

AT_ONCE = 50


def fees(
    caller: Caller,
    *,
    words: str = "",
    advertiser: int | None = None,
    after: int | None = None,
    limit: int = AT_ONCE,
) -> Slice[FeeView]:
    """The fee of each program, the newest program first."""
    caller.require(Permission.OPERATE)
    found = programs.programs(caller, search=words, advertiser=advertiser, after=after, count=limit)
    names = people.party_names(Kind.ADVERTISER, {one.advertiser for one in found.items})
    return Slice([_view(caller, one, names) for one in found.items], found.following)


def fee(caller: Caller, program: int) -> FeeView:
    """The fee of one program."""
    caller.require(Permission.OPERATE)
    found = programs.program(caller, program)
    return _view(caller, found, people.party_names(Kind.ADVERTISER, {found.advertiser}))


def set_fee(
    caller: Caller, program: int, fee_ppm: int, *, effective_from: datetime | None, why: str
) -> FeeView | int:
    """Publish terms that differ in the fee alone, from a moment on; a number where a second person decides.

    Orders that were decided before keep the fee they were decided with: it stands in their receipts.
    """
    caller.require(Permission.OPERATE)
    if not why.strip():
        refuse("why_needed", _("Say why: the advertiser and the log want to know."), "why")
    standing = _last(caller, program)
    if standing.fee_ppm == fee_ppm:
        refuse("fee_unchanged", _("That is the fee already."), "fee_ppm")
    draft = replace(programs.draft_of(standing), fee_ppm=fee_ppm)
    found = programs.publish_terms(caller, program, draft, effective_from=effective_from, note=why.strip())
    return found if isinstance(found, int) else fee(caller, program)


def _last(caller: Caller, program: int) -> TermsView:
    """The terms that hold once all that was published does: a new fee goes on from there."""
    dated = [one for one in programs.versions(caller, program) if one.effective_from and not one.withdrawn_at]
    if not dated:
        refuse("not_live", _("The program has no terms in force yet: change its draft instead."), status=409)
    return max(dated, key=lambda one: (one.effective_from, one.number))


def _view(caller: Caller, one: ProgramView, names: dict[int, str]) -> FeeView:
    now = timezone.now()
    coming = [
        (version.effective_from, version.fee_ppm)
        for version in programs.versions(caller, one.id)
        if version.effective_from and version.effective_from > now and not version.withdrawn_at
    ]
    others = [(when, ppm) for when, ppm in sorted(coming) if ppm != one.terms.fee_ppm]
    return FeeView(
        program=one.id,
        name=one.name,
        advertiser=one.advertiser,
        advertiser_name=names.get(one.advertiser, ""),
        state=one.state.value,
        fee_ppm=one.terms.fee_ppm or 0,
        next_ppm=others[0][1] if others else None,
        next_at=others[0][0] if others else None,
    )
