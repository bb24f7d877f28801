"""Kinds of work for tests: one that counts, one that fails, one that refuses, one that waits for a file."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from utfall.portal.access import refuse
from utfall.portal.work import facade
from utfall.portal.work.contracts import Report

COUNT = "test.count"


@facade.kind(COUNT)
def count(payload: Mapping[str, Any], report: Report) -> Any:
    for number in range(1, payload["to"] + 1):
        report(number, payload["to"], f"at {number}")
    return {"counted": payload["to"], "for": report.caller.name}


@facade.kind("test.fail")
def fail(payload: Mapping[str, Any], report: Report) -> Any:
    raise RuntimeError(payload["secret"])


@facade.kind("test.refuse")
def refuse_it(payload: Mapping[str, Any], report: Report) -> Any:
    refuse("too_early", "It is too early for this.")


@facade.kind("test.wait")
def wait(payload: Mapping[str, Any], report: Report) -> Any:
    """Tell that it runs by a line in a file; go on when another file is there."""
    started, go_on = Path(payload["started"]), Path(payload["go_on"])
    with started.open("a", encoding="utf-8") as told:
        told.write("started\n")
    while not go_on.exists():
        report(1, 2, "waiting")
        time.sleep(0.02)
    return "done"
