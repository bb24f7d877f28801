"""One delivery: a file is fetched or taken, judged row by row, and takes the place of the one before at once.

The rows of a delivery are written while everybody sees the one before it; at its end the feed's `version`
becomes its number, and everybody sees them. What a delivery that failed has written is taken back.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import islice
from typing import Any, Final, TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from utfall.journal.durable import held
from utfall.portal.access import Caller, NotFound, Refused, refuse
from utfall.portal.access.errors import Words
from utfall.portal.feeds.columns import guess, wanting
from utfall.portal.feeds.contracts import Kept, Outcome
from utfall.portal.feeds.fetching import NotChanged, fetched
from utfall.portal.feeds.inserting import insert
from utfall.portal.feeds.judging import Judge, Wrong
from utfall.portal.feeds.keeping import file_of, lock_of
from utfall.portal.feeds.models import Delivery, Feed, Product
from utfall.portal.feeds.opening import Unreadable, look_through
from utfall.portal.feeds.reading import Row, rows_of, samples_of
from utfall.portal.feeds.receiving import owned
from utfall.portal.feeds.scoring import FILLED, shares_of
from utfall.portal.feeds.words import TROUBLES
from utfall.portal.links.destinations import hosts_of
from utfall.portal.programs.contracts import ProgramView
from utfall.portal.work.contracts import Report

Item = TypeVar("Item")
BATCH: Final = 2000
MOST_ROWS: Final = 500_000
EXAMPLES: Final = 5
"""How many refused rows are shown for each reason."""
SHOWN_SAMPLES: Final = 4
KEPT_DELIVERIES: Final = 30


def deliver(caller: Caller, program: int, report: Report, *, fetch: bool) -> dict[str, Any]:
    """Read a program's feed; what came of it, as plain values. Only one at a time for each program."""
    view = owned(caller, program)
    feed = Feed.objects.of(caller).filter(program=program).first()
    if feed is None:
        raise NotFound
    with held(lock_of(program)):
        feed.refresh_from_db()
        _take_back(feed)
        delivery = _begin(feed, caller, fetch)
        try:
            return _deliver(view, feed, delivery, report, fetch=fetch)
        except (Unreadable, Refused) as trouble:
            _fail(delivery, *_told(trouble))
            refuse(delivery.code, delivery.sentence)
        except BaseException:
            _take_back(feed)
            _fail(delivery, "stopped", _("It was stopped before its end. The products stay as they were."))
            raise


def _deliver(
    view: ProgramView, feed: Feed, delivery: Delivery, report: Report, *, fetch: bool
) -> dict[str, Any]:
    if fetch:
        report(0, 0, _("Fetching"))
        try:
            fetched(feed)
        except NotChanged:
            return _unchanged(feed, delivery)
    report(0, 0, _("Looking at the columns"))
    if not _map_columns(feed):
        delivery.delete()
        return {"state": "mapping"}
    judged = _Judged(feed, delivery, report)
    try:
        judged.take(view)
    except Unreadable:
        _take_back(feed)
        raise
    _commit(feed, delivery, judged)
    return {
        "state": "taken",
        "delivery": delivery.pk,
        "accepted": delivery.accepted,
        "refused": delivery.refused,
    }


def _map_columns(feed: Feed) -> bool:
    """Look at the columns of the file; whether every required field has one."""
    names, rows = samples_of(file_of(feed.program))
    feed.columns = [
        [name, [value[:80] for row in rows if (value := row.get(name, ""))][:SHOWN_SAMPLES]] for name in names
    ]
    if wanting(feed.mapping, names):
        # What stands is kept; what is wanting is looked for anew, for the file may come from another system.
        standing = {field: name for field, name in feed.mapping.items() if name in names}
        found = guess(names) | standing
        feed.mapping = found if not wanting(found, names) or not feed.mapping else feed.mapping
    feed.save(update_fields=["columns", "mapping", "etag", "last_modified"])
    lost = wanting(feed.mapping, names)
    if lost and feed.version:
        raise Unreadable("column_lost", ", ".join(feed.mapping.get(one, one) for one in lost))
    return not lost


class _Judged:
    """The rows of a delivery: judged, counted, compared with those that stand, written where they differ."""

    def __init__(self, feed: Feed, delivery: Delivery, report: Report) -> None:
        self.feed, self.delivery, self.report = feed, delivery, report
        self.faults: Counter[str] = Counter()
        self.cautions: Counter[str] = Counter()
        self.examples: list[dict[str, Any]] = []
        self.filled = 0
        self.standing: dict[str, tuple[int, bytes]] = {
            product_id: (pk, bytes(digest))
            for product_id, pk, digest in now_of(feed).values_list("product_id", "pk", "digest").iterator()
        }

    def take(self, view: ProgramView) -> None:
        """Judge and write every row of the file."""
        path = file_of(self.feed.program)
        looked = look_through(path)
        judge = Judge(self.feed.mapping, view.currency, hosts_of(view))
        rows = self._judged(judge, rows_of(path, looked))
        size = path.stat().st_size
        # A table has about as many rows as lines; of XML only the delivery before tells anything.
        expected = self.feed.products if looked.is_xml else looked.lines - 1
        for batch in _batches(rows, BATCH):
            self._write(batch)
            rows_read = self.delivery.rows
            self.report(rows_read, max(rows_read, expected) if expected else 0, _("Reading rows"))
        self.delivery.bytes = size
        if not self.delivery.accepted:
            raise Unreadable("nothing_accepted", ", ".join(dict(self.faults.most_common(1))))
        self._mark_removed()

    def _judged(self, judge: Judge, rows: Iterable[Row]) -> Iterator[Kept]:
        column = self.feed.mapping.get("product_id", "")
        for place, row in enumerate(rows, start=1):
            if place > MOST_ROWS:
                raise Unreadable("too_many_rows")
            self.delivery.rows = place
            try:
                kept = judge.judge(row)
            except Wrong as wrong:
                self._refuse(wrong, place, row.get(column, ""))
                continue
            self.delivery.accepted += 1
            self.cautions.update(kept.warnings)
            self.filled += sum(bool(kept.columns[name]) for name in FILLED)
            yield kept

    def _refuse(self, wrong: Wrong, place: int, product_id: str) -> None:
        fault = wrong.fault.value
        self.delivery.refused += 1
        self.faults[fault] += 1
        if self.faults[fault] <= EXAMPLES:
            self.examples.append(
                {"fault": fault, "row": place, "product_id": product_id[:100], "value": wrong.value}
            )

    def _write(self, batch: list[Kept]) -> None:
        """Write the rows that are new or changed; those that are as they were are not touched."""
        fresh: list[tuple[Kept, bytes]] = []
        replaced: list[int] = []
        for kept in batch:
            digest = digest_of(kept)
            standing = self.standing.pop(kept.product_id, None)
            if standing is not None and standing[1] == digest:
                self.delivery.unchanged += 1
                continue
            if standing is None:
                self.delivery.added += 1
            else:
                self.delivery.changed += 1
                replaced.append(standing[0])
            fresh.append((kept, digest))
        with transaction.atomic():
            insert(self.feed, self.delivery.number, fresh, timezone.now())
            _mark(replaced, self.delivery.number)

    def _mark_removed(self) -> None:
        gone = [pk for pk, _digest in self.standing.values()]
        self.delivery.removed = len(gone)
        for batch in _batches(gone, BATCH):
            with transaction.atomic():
                _mark(batch, self.delivery.number)


def digest_of(kept: Kept) -> bytes:
    """What tells whether a row changed."""
    # What no feed said before this column came is left out, so that nothing counts as changed by its coming.
    names = [name for name in sorted(kept.columns) if name != "return_days" or kept.columns[name] is not None]
    told = "\0".join([f"{name}={kept.columns[name]}" for name in names])
    return blake2b(told.encode(), digest_size=16).digest()


def now_of(feed: Feed) -> Any:
    """The product rows that hold in the feed's present version."""
    rows = Product.objects.system().filter(feed=feed, since__lte=feed.version)
    return rows.filter(Q(until=None) | Q(until__gt=feed.version))


def _mark(keys: list[int], number: int) -> None:
    if keys:
        Product.objects.system().filter(pk__in=keys).update(until=number)


def _begin(feed: Feed, caller: Caller, fetch: bool) -> Delivery:
    return Delivery.objects.system().create(
        feed=feed,
        program=feed.program,
        advertiser=feed.advertiser,
        number=feed.version + 1,
        source=feed.url if fetch else feed.file_name,
        by=caller.actor,
    )


def _commit(feed: Feed, delivery: Delivery, judged: _Judged) -> None:
    """Let everybody see the delivery, in one small transaction; then forget what nobody can see any more."""
    now = timezone.now()
    delivery.outcome, delivery.ended_at = Outcome.TAKEN.value, now
    delivery.faults, delivery.warnings = dict(judged.faults), dict(judged.cautions)
    delivery.examples = judged.examples
    shares = shares_of(delivery.rows, judged.faults, delivery.accepted, judged.filled)
    with transaction.atomic():
        delivery.save()
        feed.version, feed.products, feed.parts = delivery.number, delivery.accepted, shares
        feed.taken_at = now
        feed.save(update_fields=["version", "products", "parts", "taken_at"])
    _forget(feed)


def _forget(feed: Feed) -> None:
    """Rows that ended a version ago, and old deliveries."""
    over = Product.objects.system().filter(feed=feed, until__lt=feed.version)
    while keys := list(over.values_list("pk", flat=True)[:BATCH]):
        Product.objects.system().filter(pk__in=keys).delete()
    old = Delivery.objects.system().filter(feed=feed).order_by("-pk").values_list("pk", flat=True)
    Delivery.objects.system().filter(pk__in=list(old[KEPT_DELIVERIES : KEPT_DELIVERIES + BATCH])).delete()


def _take_back(feed: Feed) -> None:
    """Undo what a delivery wrote that nobody ever saw."""
    unseen = Product.objects.system().filter(feed=feed, since__gt=feed.version)
    while keys := list(unseen.values_list("pk", flat=True)[:BATCH]):
        Product.objects.system().filter(pk__in=keys).delete()
    Product.objects.system().filter(feed=feed, until__gt=feed.version).update(until=None)
    running = Delivery.objects.system().filter(feed=feed, outcome=Outcome.RUNNING.value)
    running.update(outcome=Outcome.FAILED.value, code="stopped", ended_at=timezone.now())


def _unchanged(feed: Feed, delivery: Delivery) -> dict[str, Any]:
    now = timezone.now()
    delivery.outcome, delivery.ended_at = Outcome.UNCHANGED.value, now
    delivery.unchanged = feed.products
    delivery.save()
    feed.taken_at = now
    feed.save(update_fields=["taken_at"])
    return {"state": "unchanged"}


def _fail(delivery: Delivery, code: str, sentence: Words) -> None:
    delivery.outcome, delivery.ended_at = Outcome.FAILED.value, timezone.now()
    delivery.code, delivery.sentence = code, str(sentence)[:500]
    delivery.save()


def _told(trouble: Unreadable | Refused) -> tuple[str, Words]:
    if isinstance(trouble, Refused):
        return trouble.problems[0].code, trouble.problems[0].sentence
    sentence = str(TROUBLES[trouble.code])
    return trouble.code, f"{sentence} ({trouble.detail})" if trouble.detail else sentence


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
