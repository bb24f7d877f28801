"""Whether a publisher may apply to a program, and if not, why: the clause and what would mend it.

The marketplace shows what `apply` itself asks, so that a card and the answer to an application are one thing.
"""

from collections.abc import Iterable
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from utfall.portal.access import Caller, Kind
from utfall.portal.look.formats import day
from utfall.portal.partners.contracts import Obstacle, PartnershipView, State
from utfall.portal.partners.publishers import profile, properties
from utfall.portal.people import facade as people
from utfall.portal.programs.contracts import ProgramView, Visibility
from utfall.portal.programs.contracts import State as ProgramState
from utfall.portal.programs.words import CLAUSES, PROMOTION_TYPES
from utfall.terms import PromotionType

_ = gettext_lazy
FOREVER_DAYS: Final = 3650


def obstacles(caller: Caller, program: ProgramView, standing: PartnershipView | None) -> list[Obstacle]:
    """Everything that keeps the caller from applying to a program, each with what would mend it."""
    return list(obstacles_of(Applicant(caller), program, standing))


class Applicant:
    """What an application is judged by; asked once for a whole list of programs."""

    def __init__(self, caller: Caller) -> None:
        self.is_publisher = caller.kind is Kind.PUBLISHER
        self.is_pending = self.is_publisher and people.organisation(caller).state == "pending"
        owned = properties(caller) if self.is_publisher else []
        main = people.organisation(caller).promotion_type if self.is_publisher else ""
        self.types = {one.promotion_type for one in owned} | ({main} if main else set())
        own = profile(caller, caller.number) if self.is_publisher else None
        self.countries = set(own.countries) if own else set()


def obstacles_of(
    applicant: Applicant, program: ProgramView, standing: PartnershipView | None
) -> Iterable[Obstacle]:
    """Everything that keeps an applicant out of a program."""
    if not applicant.is_publisher:
        return
    yield from _of_program(program)
    yield from _of_standing(standing)
    yield from clauses_against(applicant, program)
    if applicant.is_pending:
        yield Obstacle(
            code="organisation_pending",
            clause=_("Your organisation"),
            says=_("The operator has not approved it yet."),
            mend=_("Fill in your profile meanwhile; you can apply as soon as you are approved."),
            page="partners:profile",
        )


def _of_program(program: ProgramView) -> Iterable[Obstacle]:
    if program.state is not ProgramState.ACTIVE:
        yield Obstacle(
            code="program_not_active",
            clause=CLAUSES["status"],
            says=_("This program takes no applications now."),
            mend=_("Come back when it is active again."),
        )
    if program.visibility is Visibility.PRIVATE:
        yield Obstacle(
            code="invitation_only",
            clause=pgettext_lazy("clause", "Who may take part"),
            says=_("This program is by invitation only."),
            mend=_("List your profile, so that the advertiser can find and invite you."),
            page="partners:profile",
        )


def _of_standing(standing: PartnershipView | None) -> Iterable[Obstacle]:
    if standing is None:
        return
    if standing.state is State.BANNED:
        yield Obstacle(
            code="banned",
            clause=_("Your history here"),
            says=_("The advertiser has ended this partnership for good."),
            mend=_("Only the advertiser can lift this."),
        )
    until = standing.reapply_from
    if standing.state is State.REJECTED and until is not None and until > timezone.now():
        for_good = (until - timezone.now()).days > FOREVER_DAYS
        yield Obstacle(
            code="too_early",
            clause=_("Your history here"),
            says=_("You were turned down."),
            mend=_("The advertiser takes no new application from you.")
            if for_good
            else gettext("You can apply again from %(day)s.") % {"day": day(until)},
        )


def clauses_against(applicant: Applicant, program: ProgramView) -> Iterable[Obstacle]:
    """The clauses of the terms that keep an applicant out."""
    if applicant.types and not any(program.terms.allows(one) for one in applicant.types):
        allowed = ", ".join(str(PROMOTION_TYPES[one]).lower() for one in program.terms.promotion_types)
        yours = ", ".join(str(PROMOTION_TYPES[PromotionType(one)]).lower() for one in sorted(applicant.types))
        yield Obstacle(
            code="promotion_type_not_allowed",
            clause=CLAUSES["promotion_types"],
            says=gettext("The program allows %(allowed)s; you promote by %(yours)s.")
            % {"allowed": allowed, "yours": yours},
            mend=_("Add a property where you promote in an allowed way."),
            page="partners:properties",
        )
    if applicant.countries and program.countries and not applicant.countries & set(program.countries):
        yield Obstacle(
            code="country_not_served",
            clause=_("Countries"),
            says=gettext("The program sells in %(countries)s, and your profile names none of them.")
            % {"countries": ", ".join(_names(program.countries))},
            mend=_("If you have readers there, add the country to your profile."),
            page="partners:profile",
        )


def _names(codes: Iterable[str]) -> list[str]:
    named = dict(people.countries())
    return [str(named.get(code, code)) for code in codes]
