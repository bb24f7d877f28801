"""What somebody says of a creative: its name, language, dates, alternative text, destination and copy."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Problem, Refused
from utfall.portal.creatives.contracts import Copy, CreativeDraft, Kind
from utfall.portal.creatives.words import LANGUAGES
from utfall.portal.links.destinations import checked
from utfall.portal.programs.contracts import ProgramView

LONGEST: Final = {
    "name": 120,
    "alt": 200,
    "headline": 90,
    "body": 300,
    "call_to_action": 30,
    "sponsored_by": 60,
}


def columns_of(draft: CreativeDraft, program: ProgramView, kind: Kind) -> dict[str, Any]:
    """The columns that a draft sets; Refused with everything that is wrong."""
    said = {"name": draft.name.strip(), "alt": draft.alt.strip()}
    problems = [*_too_long(said), *_problems(draft)]
    destination = ""
    if draft.destination.strip():
        try:
            destination = checked(draft.destination, program)
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    return {
        **said,
        "language": draft.language,
        "destination": destination,
        "starts_at": draft.starts_at,
        "ends_at": draft.ends_at,
        "alt": said["alt"] or (said["name"] if kind in (Kind.IMAGE, Kind.HTML5, Kind.VIDEO) else ""),
    }


def copy_columns(copy: Copy, kind: Kind) -> dict[str, str]:
    """The columns of a text's or a native ad's words; Refused with everything that is wrong."""
    said = {
        "headline": " ".join(copy.headline.split()),
        "body": " ".join(copy.body.split()),
        "call_to_action": " ".join(copy.call_to_action.split()),
        "sponsored_by": " ".join(copy.sponsored_by.split()),
    }
    problems = list(_too_long(said))
    if not said["headline"]:
        problems.append(Problem("headline_missing", _("Write a headline."), "headline"))
    if kind is Kind.NATIVE and not said["sponsored_by"]:
        problems.append(
            Problem("sponsor_missing", _("Say whose advertisement it is; the law wants it."), "sponsored_by")
        )
    if problems:
        raise Refused(problems)
    return said


def _problems(draft: CreativeDraft) -> Iterator[Problem]:
    if draft.language and draft.language not in LANGUAGES:
        yield Problem("language_unknown", _("Choose a language from the list."), "language")
    if draft.starts_at and draft.ends_at and draft.starts_at >= draft.ends_at:
        yield Problem("dates_reversed", _("It would end before it begins. Choose a later end."), "ends_at")


def _too_long(said: dict[str, str]) -> Iterator[Problem]:
    for name, text in said.items():
        if len(text) > LONGEST[name]:
            yield Problem("text_too_long", _("At most %(most)s characters.") % {"most": LONGEST[name]}, name)
        if any(ord(letter) < 32 for letter in text):
            yield Problem("text_unfit", _("Take the control characters out."), name)
