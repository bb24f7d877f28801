"""A small market of the demo with what was planted in it: told, settled and followed, without any process."""

from functools import cache
from pathlib import Path

from utfall.demo.simulation import World, generate
from utfall.demo.truth import Label
from utfall.events import Conversion, encode
from utfall.journal import StreamWriter
from utfall.portal.access import Caller, Kind, Role
from utfall.portal.people import facade as people
from utfall.portal.sealing import facade as sealing
from utfall.portal.site import site
from utfall.workers.follow import catch_up
from utfall.workers.publish import publish
from utfall.workers.settle import Settler, SettlerConfig

DAYS, SCALE, SEED = 60, 0.5, 4
PART = 5000


@cache
def world() -> World:
    """The same for every test."""
    return generate(SEED, days=DAYS, scale=SCALE)


def tell(whole: World) -> None:
    """Write its events into the journal, settle them, and let the projection follow."""
    sealing.adopt(whole.market)
    root = Path(site().journal_dir)
    events = whole.events
    with StreamWriter(root, "load") as writer:
        for start in range(0, len(events), PART):
            writer.append([encode(event) for event in events[start : start + PART]])
    config = SettlerConfig(
        journal_dir=root,
        book_path=Path(site().book_path),
        snapshots_dir=root.parent / "settled-snapshots",
        keys_dir=Path(site().keys_dir),
    )
    publish(whole.market, config.snapshots_dir)
    with Settler(config, lambda: whole.truth.until) as settler:
        settler.settle_all()
    catch_up(config.book_path, print)


def owner(kind: Kind, number: int) -> Caller:
    """An owner of an organisation of the market."""
    from utfall.portal.people.models import Membership, Organisation, User

    row = Organisation.objects.system().get(kind=kind.value, number=number)
    person, _new = User.objects.get_or_create(email=f"owner@{row.slug}.test", defaults={"name": row.name})
    Membership.objects.system().get_or_create(
        organisation=row, user=person, defaults={"role": Role.OWNER.value}
    )
    found = people.caller_of_slug(person.pk, row.slug)
    assert found is not None, "the organisation is live"
    return found


def orders_of(label: Label) -> dict[str, str]:
    """The orders that are part of an attack, or honest, by reference: their events."""
    whole = world()
    return {
        one.order: one.id
        for one in whole.events
        if isinstance(one, Conversion) and whole.truth.label_of(one.id) is label
    }
