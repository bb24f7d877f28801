"""Letters to publishers when what a program pays them changes: the difference, and from when on."""

from collections.abc import Sequence
from datetime import datetime

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.commission.contracts import Change, RuleChange, RuleDraft
from utfall.portal.commission.naming import names_of, partners_in
from utfall.portal.commission.sentences import ChangeWords, change_words
from utfall.portal.partners.contracts import State
from utfall.portal.people import facade as people
from utfall.portal.people.contracts import Correspondent, Party
from utfall.portal.post import facade as post
from utfall.portal.programs.contracts import ProgramView
from utfall.portal.site import site


def tell(caller: Caller, program: ProgramView, changes: Sequence[RuleChange], start: datetime) -> int:
    """Write to every publisher in the program whom the change concerns; how many those are."""
    real = [one for one in changes if one.change is not Change.KEPT]
    enrolled = [one for one in partners_in(caller, program.id) if one.state is State.APPROVED]
    concerned = [(one, mine) for one in enrolled if (mine := concerning(real, one.publisher, one.group))]
    if not concerned:
        return 0
    parties = people.parties(Kind.PUBLISHER, [one.publisher for one, _mine in concerned])
    drafts = [draft for one in real for draft in (one.before, one.after) if draft]
    names = names_of(caller, program.id, drafts)
    for one, mine in concerned:
        party = parties.get(one.publisher)
        for reader in people.readers(party, Permission.MANAGE) if party is not None else ():
            with translation.override(reader.language):
                words = [change_words(it, program.currency, names) for it in mine]
                _write(reader, party, program, words, start)
    return len(concerned)


def concerning(changes: Sequence[RuleChange], publisher: int, group: int | None) -> list[RuleChange]:
    """The changes that can matter to a publisher: of rules for all, for its group, for itself."""
    return [
        one
        for one in changes
        if any(applies(draft, publisher, group) for draft in (one.before, one.after) if draft)
    ]


def applies(draft: RuleDraft, publisher: int, group: int | None) -> bool:
    """Whether a rule can apply to a publisher in a group."""
    if draft.publisher is not None:
        return draft.publisher == publisher
    return draft.group is None or draft.group == group


def _write(
    reader: Correspondent,
    party: Party | None,
    program: ProgramView,
    changes: list[ChangeWords],
    start: datetime,
) -> None:
    assert party is not None, "whoever is written to exists"
    address = reverse("commission:offered", kwargs={"org": party.slug, "program": program.id})
    context = {
        "party": party,
        "program": program,
        "changes": changes,
        "effective_from": start,
        "is_later": start > timezone.now(),
        "address": site().portal_url.rstrip("/") + address,
    }
    subject = render_to_string("commission/letters/changed_subject.txt", context)
    text = render_to_string("commission/letters/changed.txt", context)
    html = render_to_string("commission/letters/changed.html", context)
    post.send(
        reader.email, " ".join(subject.split()), text.strip() + "\n", html=html, language=reader.language
    )
