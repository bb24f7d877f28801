"""The log's duties: close proposals nobody decided, and check the chain."""

import logging

from utfall.portal.audit.facade import expire, verify
from utfall.portal.work.facade import every

logger = logging.getLogger(__name__)

every(minutes=10)(expire)


@every(minutes=60)
def check_the_chain() -> None:
    """Say so loudly when the log is not what was written."""
    verdict = verify()
    if not verdict.holds:
        logger.critical("the audit log is broken at entry %s: %s", verdict.broken_at, verdict.reason)
