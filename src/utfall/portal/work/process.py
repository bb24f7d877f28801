"""The process `utfall work`: does what is asked for, sends the letters, and sees to the periodic duties.

    run(config, stop)

One process for one installation, held by a lock file: whatever is marked as running when it starts belongs to
a process that died, and is begun again. Two threads share it, so that a long piece of work delays no letter.
"""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from utfall.portal.site import SiteConfig, migrate, setup_site

logger = logging.getLogger(__name__)

PAUSE_SECONDS: Final = 0.5
"""How long a thread rests when there is nothing to do: the longest a person waits for work to begin."""


def run(config: SiteConfig, stop: threading.Event) -> None:
    """Work until `stop` is set; what is under way then is finished first."""
    setup_site(config)
    migrate()
    from utfall.journal.durable import held

    path = Path(config.database_path)
    with held(path.with_name(f".{path.name}.work")):
        _run(stop)


def _run(stop: threading.Event) -> None:
    from utfall.portal.work.running import begin_again, do_next, see_to_duties

    begin_again()
    rounds = threading.Thread(target=_loop, args=(see_to_duties, stop), name="duties")
    rounds.start()
    try:
        _loop(do_next, stop)
    finally:
        stop.set()
        rounds.join()


def _loop(step: Callable[[], bool], stop: threading.Event) -> None:
    """Step for as long as there is something to do, rest when there is not, until told to stop."""
    from django.db import close_old_connections, connection

    while not stop.is_set():
        close_old_connections()
        try:
            busy = step()
        except Exception:
            # The outermost loop: whatever failed is in the log, and the next round tries again.
            logger.exception("a round of work failed")
            busy = False
        if not busy:
            stop.wait(PAUSE_SECONDS)
    connection.close()
