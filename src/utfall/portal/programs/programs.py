"""Programs: finding them, drafting them in steps, and what they say of themselves."""

from dataclasses import replace

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from utfall.events import Outcome
from utfall.portal.access import Caller, Permission, Problem, Slice, refuse
from utfall.portal.access.paging import LARGEST, USUAL
from utfall.portal.programs import checking, finding
from utfall.portal.programs.contracts import (
    Preset,
    PriceKind,
    Profile,
    ProgramView,
    StartingPrice,
    State,
    TermsDraft,
)
from utfall.portal.programs.models import LISTED, Program, TermsVersion
from utfall.portal.programs.policy import policy
from utfall.portal.programs.presets import PRESETS
from utfall.portal.programs.recording import changed, plain
from utfall.portal.programs.shown import columns_of, price_of, stored_question

ONLY_A_DRAFT = _("Only a draft can change this. Take it back from review, or publish new terms.")


def program(caller: Caller, number: int) -> ProgramView:
    """A program the caller may read about: its own, a listed one, or one it takes part in."""
    caller.require(Permission.LOOK)
    return finding.view(caller, finding.seen(caller, number))


def programs(
    caller: Caller,
    *,
    state: State | None = None,
    search: str = "",
    advertiser: int | None = None,
    numbers: frozenset[int] | None = None,
    after: int | None = None,
    count: int = USUAL,
) -> Slice[ProgramView]:
    """The caller's own programs (a publisher's: all it may see), newest first."""
    caller.require(Permission.LOOK)
    rows = finding.visible(caller)
    if state is not None:
        rows = rows.filter(state=state.value)
    if advertiser is not None:
        rows = rows.filter(advertiser=advertiser)
    if numbers is not None:
        rows = rows.filter(pk__in=numbers)
    return _slice(caller, _searched(rows, search), after, count)


def counts(caller: Caller) -> dict[State, int]:
    """How many of the caller's own programs are in each state."""
    caller.require(Permission.LOOK)
    found = dict.fromkeys(State, 0)
    for state in finding.visible(caller).values_list("state", flat=True):
        found[State(state)] += 1
    return found


def open_programs(
    caller: Caller,
    *,
    search: str = "",
    category: str = "",
    country: str = "",
    outcome: Outcome | None = None,
    currency: str = "",
    after: int | None = None,
    count: int = USUAL,
) -> Slice[ProgramView]:
    """The marketplace: live programs that publishers may join or apply to, newest first."""
    caller.require(Permission.LOOK)
    rows = Program.objects.seen_by(caller).filter(state=State.ACTIVE.value, visibility__in=LISTED)
    if category:
        rows = rows.filter(category=category)
    if outcome is not None:
        rows = rows.filter(outcome=outcome.value)
    if currency:
        rows = rows.filter(currency=currency)
    if country:
        # An empty list means everywhere. SQLite keeps the list as text, each country in quotes.
        rows = rows.filter(Q(countries=[]) | Q(countries__icontains=f'"{country.upper()}"'))
    return _slice(caller, _searched(rows, search), after, count)


def _searched(rows: QuerySet[Program], search: str) -> QuerySet[Program]:
    text = search.strip()[:100]
    if not text:
        return rows
    found = Q(name__icontains=text) | Q(tagline__icontains=text) | Q(website__icontains=text)
    return rows.filter(found | Q(pk=int(text))) if text.isdecimal() and len(text) < 15 else rows.filter(found)


def _slice(caller: Caller, rows: QuerySet[Program], after: int | None, count: int) -> Slice[ProgramView]:
    size = min(max(count, 1), LARGEST)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-pk").distinct()[: size + 1])
    items = finding.views(caller, found[:size])
    return Slice(items, items[-1].id if len(found) > size else None)


@transaction.atomic
def create_draft(
    caller: Caller,
    *,
    name: str,
    currency: str,
    zone: str,
    preset: Preset = Preset.BLANK,
    advertiser: int | None = None,
    website: str = "",
) -> ProgramView:
    """Begin a program, filled with the usual terms of its kind of business. Nobody else sees it yet."""
    caller.require(Permission.MANAGE)
    owner = caller.advertiser(advertiser)
    chosen = PRESETS[preset]
    profile = Profile(name=name, website=website, category=chosen.category, visibility=chosen.visibility)
    checking.insist([*checking.check_profile(profile), *checking.check_place(currency, zone)])
    row = Program(
        advertiser=owner,
        currency=currency,
        zone=zone,
        preset=preset.value,
        outcome=chosen.outcome.value,
        created_by=caller.actor,
    )
    _put_profile(row, profile)
    if preset is not Preset.BLANK:
        _put_price(row, _usual_price(preset, currency))
    row.save()
    _first_version(caller, row, chosen.terms)
    changed(caller, row, "created", after=plain({"name": name, "currency": currency, "zone": zone}))
    return finding.view(caller, row)


def _usual_price(preset: Preset, currency: str) -> StartingPrice:
    chosen = PRESETS[preset]
    return StartingPrice(
        kind=chosen.price,
        outcome=chosen.outcome,
        currency=currency,
        micros=chosen.units * 1_000_000,
        ppm=chosen.ppm,
    )


def _first_version(caller: Caller, row: Program, terms: TermsDraft) -> None:
    columns = columns_of(terms) | {"fee_ppm": policy().fee_ppm}
    TermsVersion(program=row, number=1, status=State.DRAFT.value, created_by=caller.actor, **columns).save(
        force_insert=True
    )


@transaction.atomic
def describe(caller: Caller, number: int, profile: Profile) -> ProgramView:
    """Change what a program says of itself: none of it is a term, so it holds at once."""
    caller.require(Permission.MANAGE)
    row = finding.own(caller, number)
    _refuse_if_closed(row)
    profile = _tidied(profile)
    checking.insist(checking.check_profile(profile))
    before = plain(finding.view(caller, row).profile)
    _put_profile(row, profile)
    row.save()
    if before != plain(profile):
        changed(caller, row, "described", before=before, after=plain(profile))
    return finding.view(caller, row)


def _tidied(profile: Profile) -> Profile:
    """Without what only looks different: spaces, capitals of hosts, order of countries."""
    return replace(
        profile,
        name=" ".join(profile.name.split()),
        tagline=" ".join(profile.tagline.split()),
        website=profile.website.strip(),
        countries=tuple(sorted({one.strip().upper() for one in profile.countries if one.strip()})),
        domains=tuple(dict.fromkeys(host for one in profile.domains if (host := _host_of(one)))),
    )


def _host_of(text: str) -> str:
    """A host as people paste it: with its scheme and path, too."""
    bare = text.strip().lower()
    return bare.partition("://")[2].partition("/")[0] if "://" in bare else bare.rstrip("./")


def _put_profile(row: Program, profile: Profile) -> None:
    row.name, row.tagline, row.website = profile.name, profile.tagline, profile.website
    row.category = profile.category
    row.countries, row.domains = list(profile.countries), list(profile.domains)
    row.visibility, row.auto_approve = profile.visibility.value, profile.auto_approve
    row.questions = [stored_question(one) for one in profile.questions]


@transaction.atomic
def place(caller: Caller, number: int, *, currency: str, zone: str) -> ProgramView:
    """Choose the currency and the time zone; only while nothing was published."""
    caller.require(Permission.MANAGE)
    row = _own_draft(caller, number)
    checking.insist(checking.check_place(currency, zone))
    before = {"currency": row.currency, "zone": row.zone}
    row.currency, row.zone = currency, zone
    row.save(update_fields=["currency", "zone"])
    changed(caller, row, "placed", before=before, after={"currency": currency, "zone": zone})
    return finding.view(caller, row)


@transaction.atomic
def set_outcome(caller: Caller, number: int, outcome: Outcome) -> ProgramView:
    """Choose what counts as success; a price that does not fit it is put away."""
    caller.require(Permission.MANAGE)
    row = _own_draft(caller, number)
    before = {"outcome": row.outcome}
    row.outcome = outcome.value
    price = price_of(row)
    if price is not None and list(checking.check_price(price)):
        _put_price(row, None)
    row.save()
    changed(caller, row, "outcome", before=before, after={"outcome": outcome.value})
    return finding.view(caller, row)


@transaction.atomic
def set_starting_price(caller: Caller, number: int, price: StartingPrice) -> ProgramView:
    """Choose the first commission. It becomes a rule when the program goes live."""
    caller.require(Permission.MANAGE)
    caller.require(Permission.PRICE)
    row = _own_draft(caller, number)
    price = replace(price, currency=row.currency)
    checking.insist(checking.check_price(price))
    before = plain(price_of(row))
    row.outcome = price.outcome.value
    _put_price(row, price)
    row.save()
    changed(caller, row, "price", before=before, after=plain(price))
    return finding.view(caller, row)


def _put_price(row: Program, price: StartingPrice | None) -> None:
    is_share = price is not None and price.kind is PriceKind.SHARE
    row.price_kind = price.kind.value if price else ""
    row.price_ppm = price.ppm if price and is_share else None
    row.price_micros = price.micros if price and not is_share else None


@transaction.atomic
def saved_step(caller: Caller, number: int, step: str) -> None:
    """Remember that a step of the wizard was saved, so that one can leave and come back."""
    caller.require(Permission.MANAGE)
    row = finding.own(caller, number)
    if step not in row.steps:
        row.steps = [*row.steps, step][-20:]
        row.save(update_fields=["steps"])


def _own_draft(caller: Caller, number: int) -> Program:
    row = finding.own(caller, number)
    if State(row.state) is not State.DRAFT:
        refuse("not_a_draft", ONLY_A_DRAFT)
    return row


def _refuse_if_closed(row: Program) -> None:
    if State(row.state) is State.CLOSED:
        refuse("program_closed", _("The program is closed for good. Start a new one."))


def gaps(view: ProgramView) -> list[Problem]:
    """What is missing before a program can be submitted; `field` is the step where it is mended."""
    found = []
    if not view.website:
        found.append(Problem("website_needed", _("Say which site it sells on."), "goal"))
    if not view.category:
        found.append(Problem("category_needed", _("Choose a category, so that publishers find it."), "goal"))
    if view.starting_price is None:
        found.append(Problem("price_needed", _("Say what you pay."), "price"))
    elif problems := list(checking.check_price(view.starting_price)):
        found += [problem._replace(field="price") for problem in problems]
    if not view.terms.text.strip():
        found.append(Problem("text_needed", _("Write what publishers may and may not do."), "text"))
    return found
