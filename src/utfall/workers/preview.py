"""What a draft of commission rules would have paid, settled again for whoever asks in the portal.

    install()     # once, in the process that works; then `commission.whatif` can be done

Before are the rules of now, after the draft: both as if they had always held, so that they differ by nothing
else. The books it writes are thrown away.
"""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from utfall.portal.book import facade
from utfall.portal.commission.preview import Tell, Wanted, preview_with
from utfall.portal.sealing import facade as sealing
from utfall.portal.site import SiteConfig, site
from utfall.terms.supposing import suppose
from utfall.workers.batches import Told
from utfall.workers.publish import sealed_zone
from utfall.workers.replay import ReplaySource, Say
from utfall.workers.whatif import Scope, batches_within, what_if_within

__all__ = ["install", "run", "settle"]


def install() -> None:
    """Let the portal's work be done by `run`."""
    preview_with(run)


def run(wanted: Wanted, tell: Tell) -> Mapping[str, Any] | None:
    """Settle this installation's days twice; None where nothing has been settled yet."""
    return settle(_source(site()), wanted, tell)


def settle(source: ReplaySource, wanted: Wanted, tell: Tell) -> Mapping[str, Any] | None:
    """Settle the days that are wanted twice: under the rules of now, and under those that are wanted."""
    if not facade.is_begun(source.book_path):
        return None
    _revision, market = sealing.market(sealed_zone)
    baseline = suppose(market, wanted.program, wanted.at_ms)
    candidate = suppose(market, wanted.program, wanted.at_ms, rules=wanted.rules)
    scope = Scope(
        advertiser=wanted.advertiser,
        program=wanted.program,
        since_ms=wanted.since_ms,
        until_ms=wanted.until_ms,
    )
    batches = batches_within(source, scope, candidate, baseline)
    if not batches:
        return None
    with TemporaryDirectory(prefix="whatif-", dir=source.book_path.parent) as folder:
        found = what_if_within(
            source,
            candidate,
            Path(folder),
            scope,
            baseline=baseline,
            say=_telling(tell, batches),
        )
    answer: dict[str, Any] = msgspec.to_builtins(found)
    return answer


def _telling(tell: Tell, batches: range) -> Say:
    """How far it is, in batches, and how many orders that were; it raises where nobody wants it any more."""
    settled = 0

    def say(told: Told) -> None:
        nonlocal settled
        settled += told.orders
        tell(told.seq - batches.start + 1, len(batches), settled)

    tell(0, len(batches), 0)
    return say


def _source(config: SiteConfig) -> ReplaySource:
    return ReplaySource(
        journal_dir=Path(config.journal_dir),
        snapshots_dir=Path(config.snapshots_dir),
        keys_dir=Path(config.keys_dir),
        book_path=Path(config.book_path),
    )
