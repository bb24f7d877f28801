"""The one way into programs. Every function asks the caller's permission and reaches only what it may see."""

from utfall.portal.programs.adopting import adopt
from utfall.portal.programs.differing import difference
from utfall.portal.programs.finding import choices, names, reveal
from utfall.portal.programs.goals import goal, goals, remove_goal, set_goal
from utfall.portal.programs.groups import change_group, create_group, group, group_names, groups
from utfall.portal.programs.limits import add_limit, change_limit, limit, limits, remove_limit
from utfall.portal.programs.policy import policy, set_policy
from utfall.portal.programs.programs import (
    counts,
    create_draft,
    describe,
    gaps,
    open_programs,
    place,
    program,
    programs,
    saved_step,
    set_outcome,
    set_starting_price,
)
from utfall.portal.programs.progress import aimed, figures, limits_with_use, progress, uses
from utfall.portal.programs.sealed import sealed_groups, sealed_limits, sealed_programs
from utfall.portal.programs.sentences import counted_words
from utfall.portal.programs.shown import draft_of
from utfall.portal.programs.states import change_state, needs_reason, sealed_price, submit, ways_on
from utfall.portal.programs.versions import (
    draft_terms,
    publish_terms,
    terms_in_force,
    version,
    versions,
    withdraw_terms,
)
from utfall.portal.programs.words import clauses

__all__ = [
    "add_limit",
    "adopt",
    "aimed",
    "change_group",
    "change_limit",
    "change_state",
    "choices",
    "clauses",
    "counted_words",
    "counts",
    "create_draft",
    "create_group",
    "describe",
    "difference",
    "draft_of",
    "draft_terms",
    "figures",
    "gaps",
    "goal",
    "goals",
    "group",
    "group_names",
    "groups",
    "limit",
    "limits",
    "limits_with_use",
    "names",
    "needs_reason",
    "open_programs",
    "place",
    "policy",
    "program",
    "programs",
    "progress",
    "publish_terms",
    "remove_goal",
    "remove_limit",
    "reveal",
    "saved_step",
    "sealed_groups",
    "sealed_limits",
    "sealed_price",
    "sealed_programs",
    "set_goal",
    "set_outcome",
    "set_policy",
    "set_starting_price",
    "submit",
    "terms_in_force",
    "uses",
    "version",
    "versions",
    "ways_on",
    "withdraw_terms",
]
