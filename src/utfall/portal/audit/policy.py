"""What needs a second person, and who: the operator's choice, kind by kind."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, TypeVar

from utfall.money import Money
from utfall.portal.access import Caller, NotFound, Permission
from utfall.portal.access.errors import Words
from utfall.portal.audit.chain import record
from utfall.portal.audit.contracts import DecidedBy, PolicyView, Required
from utfall.portal.audit.models import Policy

Act = Callable[[Caller, Mapping[str, Any]], object]
Acting = TypeVar("Acting", bound=Act)


class Proposable(NamedTuple):
    """A kind of change that can be proposed: its words, what deciding it needs, and what carries it out."""

    name: str
    words: Words
    needs: Permission
    has_amount: bool
    act: Act
    usual: Required = Required.NEVER


_KINDS: Final[dict[str, Proposable]] = {}


def executor(
    kind: str,
    *,
    words: Words,
    needs: Permission,
    has_amount: bool = False,
    usual: Required = Required.NEVER,
) -> Callable[[Acting], Acting]:
    """Say what carries out an approved proposal of this kind: a function of the approver and the payload.

    `has_amount`: whether limits of share and amount apply, so that only large changes need a second person.
    `usual`: what holds until the operator chooses.
    """

    def register(act: Acting) -> Acting:
        _KINDS[kind] = Proposable(kind, words, needs, has_amount, act, usual)
        return act

    return register


def kind_of(name: str) -> Proposable:
    """A registered kind, or NotFound."""
    if name not in _KINDS:
        raise NotFound
    return _KINDS[name]


def kinds() -> tuple[Proposable, ...]:
    """Every kind that can be proposed."""
    return tuple(sorted(_KINDS.values(), key=lambda kind: kind.name))


def policy(kind: str) -> PolicyView:
    """What the operator asks for changes of this kind."""
    found = Policy.objects.system().filter(pk=kind).first()
    if found is None:
        known = _KINDS.get(kind)
        return PolicyView(kind=kind, required=known.usual if known else Required.NEVER)
    return PolicyView(
        kind=kind,
        required=Required(found.required),
        above_ppm=found.above_ppm,
        above_micros=found.above_micros,
        decided_by=DecidedBy(found.decided_by),
    )


def decided_by(caller: Caller) -> list[str]:
    """The kinds whose changes a caller may decide, if somebody else asked for them."""
    kept = Policy.objects.system().filter(decided_by=DecidedBy.OPERATOR.value)
    operators = (
        frozenset() if caller.may(Permission.OPERATE) else frozenset(kept.values_list("pk", flat=True))
    )
    return [name for name, kind in _KINDS.items() if caller.may(kind.needs) and name not in operators]


def needs_approval(kind: str, *, share_ppm: int | None = None, flat: Money | None = None) -> bool:
    """Whether this change needs a second person. An amount without a limit in its currency is above it."""
    asked = policy(kind)
    if asked.required is not Required.ABOVE:
        return asked.required is Required.ALWAYS
    if share_ppm is not None and asked.above_ppm is not None and share_ppm > asked.above_ppm:
        return True
    return flat is not None and flat.micros > asked.above_micros.get(flat.currency, 0)


def policies(caller: Caller) -> list[PolicyView]:
    """What is asked for each kind."""
    caller.require(Permission.LOOK)
    return [policy(kind.name) for kind in kinds()]


def set_policy(caller: Caller, wanted: PolicyView, *, why: str = "") -> None:
    """The operator asks for something else from now on; what already waits goes on waiting."""
    caller.require(Permission.OPERATE)
    kind_of(wanted.kind)
    before = policy(wanted.kind)
    if before == wanted:
        return
    columns = _columns(wanted)
    Policy.objects.system().update_or_create(pk=wanted.kind, defaults=columns)
    subject = f"policy {wanted.kind}"
    record(caller, action="policy.change", subject=subject, before=_columns(before), after=columns, why=why)


def _columns(view: PolicyView) -> dict[str, Any]:
    return {
        "required": view.required.value,
        "above_ppm": view.above_ppm,
        "above_micros": dict(view.above_micros),
        "decided_by": view.decided_by.value,
    }
