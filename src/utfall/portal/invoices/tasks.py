"""Papers in the background: drafting and issuing runs, what settlement answered, and letters."""

from collections.abc import Mapping
from typing import Any

from utfall.portal.access import Permission
from utfall.portal.invoices import following, paper_letters, runs
from utfall.portal.work.contracts import Report
from utfall.portal.work.facade import every, kind


@kind(runs.DRAFT, needs=Permission.MONEY)
def draft(payload: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Draft a run."""
    return {"run": runs.resume(report.caller, payload["run"], report).id}


@kind(runs.ISSUE, needs=Permission.MONEY)
def issue(payload: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Issue what is drafted."""
    return {"run": runs.go_on(payload["run"], report).id}


@every(seconds=5)
def follow() -> None:
    """Note the answers to papers."""
    following.follow()


@every(seconds=20)
def tell() -> None:
    """Write to those who got a paper."""
    paper_letters.tell()
