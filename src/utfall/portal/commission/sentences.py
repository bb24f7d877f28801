"""Changes of rules in words: what is new, what becomes of a rule, what ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.commission.contracts import Change, RuleChange
from utfall.portal.commission.wording import Names, rule_words
from utfall.portal.look.formats import moment

CHANGES: Final[Mapping[Change, Promise]] = {
    Change.ADDED: gettext_lazy("New"),
    Change.REPLACED: gettext_lazy("Changed"),
    Change.MOVED: gettext_lazy("Moved"),
    Change.ENDED: gettext_lazy("Ends"),
    Change.WITHDRAWN: gettext_lazy("Plan withdrawn"),
    Change.KEPT: gettext_lazy("Unchanged"),
}
TONES: Final[Mapping[Change, str]] = {
    Change.ADDED: "good",
    Change.REPLACED: "news",
    Change.MOVED: "news",
    Change.ENDED: "bad",
    Change.WITHDRAWN: "warn",
    Change.KEPT: "calm",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWords:
    """What becomes of one rule, in words. `before` and `after` are sentences; empty where there is none."""

    change: Change
    kind: str
    tone: str
    name: str
    before: str
    after: str
    notes: tuple[str, ...]


def change_words(one: RuleChange, currency: str, names: Names) -> ChangeWords:
    """A change in words."""
    draft = one.after or one.before
    assert draft is not None, "a change is of some rule"
    return ChangeWords(
        change=one.change,
        kind=str(CHANGES[one.change]),
        tone=TONES[one.change],
        name=draft.name,
        before=rule_words(one.before, currency, names) if one.before else "",
        after=rule_words(one.after, currency, names) if one.after else "",
        notes=tuple(_notes(one)),
    )


def _notes(one: RuleChange) -> list[str]:
    """What the sentences of both sides do not say: another name, another place, another end."""
    found = []
    if one.before and one.after and one.before.name != one.after.name:
        found.append(
            _("Renamed from “%(before)s” to “%(after)s”.")
            % {"before": one.before.name, "after": one.after.name}
        )
    if one.was and one.place and one.change is Change.MOVED:
        found.append(_("From place %(was)s to place %(place)s.") % {"was": one.was, "place": one.place})
    before, after = one.before and one.before.ends_at, one.after and one.after.ends_at
    if one.after and before != after:
        found.append(
            _("Ends by itself on %(when)s.") % {"when": moment(after)}
            if after
            else _("No longer ends by itself.")
        )
    return found
