"""What the linter says of a list of rules, in words that name the rules and say how to mend it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from utfall.portal.access import Caller, Kind
from utfall.portal.access.times import from_ms, to_ms
from utfall.portal.commission.contracts import Drafted, Remark, RuleDraft
from utfall.portal.commission.standing import own_program
from utfall.portal.commission.views import sealed_drafts
from utfall.portal.commission.wording import OUTCOMES, field_words
from utfall.portal.look.formats import day, money, share
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView
from utfall.terms import Enrolment, PromotionType
from utfall.terms.findings import About, Cause, Code, Facts, Finding
from utfall.terms.lint import Interval, lint

WEIGHTS: Final[Mapping[str, Promise]] = {
    "error": gettext_lazy("Certainly wrong"),
    "warning": gettext_lazy("Probably unwanted"),
    "notice": gettext_lazy("Worth knowing"),
}


def findings(
    caller: Caller,
    program: int,
    rules: Sequence[Drafted | RuleDraft],
    effective_from: datetime | None = None,
) -> list[Remark]:
    """What is doubtful about a list of rules from a moment on, in order of precedence; the worst first."""
    from utfall.portal.partners import facade as partners  # it shows prices, too

    known = own_program(caller, program)
    start = max(effective_from or timezone.now(), timezone.now())
    listed = [
        one if isinstance(one, Drafted) else Drafted(key=str(place), draft=one)
        for place, one in enumerate(rules, 1)
    ]
    alive = [one for one in listed if one.draft.ends_at is None or one.draft.ends_at > start]
    enrolments = [one for one in partners.sealed_enrolments() if one.program == program]
    found = lint(
        next(one for one in programs.sealed_programs() if one.id == program),
        sealed_drafts([one.draft for one in alive], program, start),
        [one for one in programs.sealed_groups() if one.program == program],
        enrolments,
        Interval(to_ms(start), None),
        facts=_facts(known, enrolments),
    )
    words = Sentences(known, alive)
    return [words.remark(one) for one in found]


def _facts(program: ProgramView, enrolments: Sequence[Enrolment]) -> Facts:
    parties = people.parties(Kind.PUBLISHER, {one.publisher for one in enrolments})
    known = set(PromotionType)
    return Facts(
        counted=(program.outcome,),
        promotion_types={
            number: PromotionType(party.promotion_type)
            for number, party in parties.items()
            if party.promotion_type in known
        },
    )


class Sentences:
    """Findings about one list of rules as sentences; ids of the linter are places in the list."""

    def __init__(self, program: ProgramView, rules: Sequence[Drafted]) -> None:
        self.program, self.rules = program, rules

    def remark(self, found: Finding) -> Remark:
        """A finding in words."""
        sentence, mend = _SAYS[found.code](self, found)
        return Remark(
            code=found.code.value,
            weight=found.weight.value,
            sentence=sentence,
            mend=mend,
            keys=tuple(self.rules[number - 1].key for number in found.rules),
            since=from_ms(found.since_ms),
            until=from_ms(found.until_ms) if found.until_ms is not None else None,
        )

    def name(self, number: int) -> str:
        """A rule by its name, in quotation marks."""
        return _("“%(name)s”") % {"name": self.rules[number - 1].draft.name}

    def names(self, numbers: Sequence[int]) -> str:
        """Several rules by their names, the first three."""
        listed = ", ".join(self.name(number) for number in numbers[:3])
        more = len(numbers) - 3
        if more <= 0:
            return listed
        return ngettext("%(listed)s and %(more)s more", "%(listed)s and %(more)s more", more) % {
            "listed": listed,
            "more": more,
        }

    def never_fires(self, found: Finding) -> tuple[str, str]:
        """Earlier rules win whenever it applies."""
        words = {"rule": self.name(found.rules[0]), "others": self.names(found.rules[1:])}
        return (
            _("%(rule)s never pays: %(others)s always comes first.") % words,
            _("Move it above, or take it away."),
        )

    def contradiction(self, found: Finding) -> tuple[str, str]:
        """Its own condition cannot be true."""
        words = {"rule": self.name(found.rules[0])}
        if found.about.field is not None:
            words["field"] = field_words(found.about.field)
        if found.about.cause is Cause.NEVER_KNOWN and found.about.field is not None:
            return (
                _("%(rule)s never pays: a click or view does not know %(field)s.") % words,
                _("Test something else, or pay for another outcome."),
            )
        sentence = (
            _("%(rule)s never pays: nothing fits what it asks of %(field)s.")
            if found.about.field is not None
            else _("%(rule)s never pays: its conditions contradict each other.")
        )
        return sentence % words, _("Change one of its conditions.")

    def overlap(self, found: Finding) -> tuple[str, str]:
        """Two rules of one rank apply to the same order."""
        words = {"rule": self.name(found.rules[0]), "other": self.names(found.rules[1:])}
        return (
            _("%(rule)s and %(other)s can both apply to one order; the first wins only by its age.") % words,
            _("Put them in the order you want."),
        )

    def gap(self, found: Finding) -> tuple[str, str]:
        """Something pays nothing."""
        about = found.about
        words = {"outcome": OUTCOMES[about.outcome] if about.outcome else "", "action": about.action or ""}
        if about.cause is Cause.ONLY_CONDITIONAL:
            return (
                _("An outcome that fits no condition pays nothing (%(outcome)s).") % words,
                _("Add a rule without conditions at the end, unless that is what you want."),
            )
        if about.cause is Cause.ONLY_ACTIONS:
            return (
                _("Only actions with certain names pay (%(outcome)s).") % words,
                _("Add a rule for any action, unless that is what you want."),
            )
        if about.cause is Cause.ONLY_SCOPED:
            count = len(about.publishers)
            sentence = ngettext(
                "%(count)s publisher in the program has no rule that pays it (%(outcome)s).",
                "%(count)s publishers in the program have no rule that pays them (%(outcome)s).",
                count,
            )
            return sentence % {**words, "count": count}, _("Add a rule for all publishers at the end.")
        return (
            _("No rule pays for this outcome (%(outcome)s); what comes in earns nothing.") % words,
            _("Add a rule for it."),
        )

    def ends_soon(self, found: Finding) -> tuple[str, str]:
        """A gap begins when a rule ends."""
        sentence, mend = self.gap(found)
        words = {"when": day(from_ms(found.since_ms)), "sentence": sentence}
        return _("From %(when)s: %(sentence)s") % words, mend

    def starts_later(self, found: Finding) -> tuple[str, str]:
        """A gap lasts until a rule begins."""
        sentence, mend = self.gap(found)
        until = day(from_ms(found.until_ms)) if found.until_ms is not None else "–"
        return _("Until %(when)s: %(sentence)s") % {"when": until, "sentence": sentence}, mend

    def unreachable_scope(self, found: Finding) -> tuple[str, str]:
        """It is for nobody."""
        words = {"rule": self.name(found.rules[0])}
        match found.about.cause:
            case Cause.EMPTY_GROUP:
                return (
                    _("%(rule)s pays nobody: there is no publisher in its group.") % words,
                    _("Move publishers into the group."),
                )
            case Cause.NOT_ENROLLED:
                return (
                    _("%(rule)s pays nobody: its publisher is not in the program.") % words,
                    _("Invite the publisher, or take the rule away."),
                )
            case Cause.NOT_IN_GROUP:
                return (
                    _("%(rule)s pays nobody: its publisher is not in the group that its condition names.")
                    % words,
                    _("Move the publisher into the group, or change the condition."),
                )
        return (
            _("%(rule)s pays nobody: its group is gone.") % words,
            _("Choose another group, or take the rule away."),
        )

    def share_vs_flat(self, found: Finding) -> tuple[str, str]:
        """The price looks like a slip."""
        about, words = found.about, {"rule": self.name(found.rules[0]), "price": self._price(found.about)}
        match about.cause:
            case Cause.LARGE_SHARE:
                return (
                    _("%(rule)s pays %(price)s of the order, more than half.") % words,
                    _("Check that you did not mean an amount."),
                )
            case Cause.SMALL_SHARE:
                return (
                    _("%(rule)s pays %(price)s of the order, next to nothing.") % words,
                    _("Check the decimals."),
                )
            case Cause.FLAT_ABOVE_ORDER:
                return (
                    _("%(rule)s pays %(price)s, more than a usual order is worth.") % words,
                    _("Check that you did not mean a share."),
                )
        return (
            _("%(rule)s pays %(price)s, next to nothing.") % words,
            _("Check the decimals, or that you did not mean a share."),
        )

    def negative_margin(self, found: Finding) -> tuple[str, str]:
        """It costs more than the advertiser can bear."""
        words = {"rule": self.name(found.rules[0]), "price": self._price(found.about)}
        return (
            _("%(rule)s costs %(price)s with the fee, more than you set as the most.") % words,
            _("Lower the price."),
        )

    def tier_steps(self, found: Finding) -> tuple[str, str]:
        """A step of a tier that does not do what steps are for."""
        words = {"rule": self.name(found.rules[0]), "step": found.about.step}
        match found.about.cause:
            case Cause.NEVER_REACHED:
                return (
                    _("Step %(step)s of %(rule)s is never reached: the step before it earns nothing.")
                    % words,
                    _("Let the step before it pay something, or count orders or their value."),
                )
            case Cause.TAKES_BACK:
                return (
                    _(
                        "Step %(step)s of %(rule)s pays less than the one before, for the whole period:"
                        " whoever reaches it loses what was earned."
                    )
                    % words,
                    _("Let it pay more, or let each step hold for what comes after it."),
                )
        return (
            _("Step %(step)s of %(rule)s pays no more than the one before.") % words,
            _("Let it pay more, or take the step away."),
        )

    def _price(self, about: About) -> str:
        if about.ppm is not None:
            return share(about.ppm)
        return money(about.micros, self.program.currency)


_SAYS: Final[Mapping[Code, Callable[[Sentences, Finding], tuple[str, str]]]] = {
    Code.NEVER_FIRES: Sentences.never_fires,
    Code.CONTRADICTION: Sentences.contradiction,
    Code.OVERLAP: Sentences.overlap,
    Code.GAP: Sentences.gap,
    Code.ENDS_SOON: Sentences.ends_soon,
    Code.STARTS_LATER: Sentences.starts_later,
    Code.UNREACHABLE_SCOPE: Sentences.unreachable_scope,
    Code.SHARE_VS_FLAT: Sentences.share_vs_flat,
    Code.NEGATIVE_MARGIN: Sentences.negative_margin,
    Code.TIER_STEPS: Sentences.tier_steps,
}
