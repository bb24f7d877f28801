"""A process that ends with the one that started it, which could be killed without a word to its children."""

import os
import signal
import threading
import time


def follow_parent(parent: int, *, interval_s: float = 1.0) -> None:
    """End this process, as politely as by hand, when the process that started it is gone."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(interval_s)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()
