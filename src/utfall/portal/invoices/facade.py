"""The one way into invoices."""

from utfall.portal.invoices.correcting import correct
from utfall.portal.invoices.documents import (
    archive,
    document,
    file_of,
    listed,
    own_document,
    parts_of,
    pdf,
    ubl,
)
from utfall.portal.invoices.following import follow as follow_papers
from utfall.portal.invoices.frozen import paper_kept
from utfall.portal.invoices.house import (
    ACCOUNT_PROBLEMS,
    all_house_accounts,
    house_account,
    house_accounts,
    house_numbers,
    remove_house_account,
    set_house_account,
)
from utfall.portal.invoices.paper_showing import all_papers, open_papers, paper, paper_view, papers, papers_of
from utfall.portal.invoices.parties import (
    accept_agreement,
    names_on_papers,
    particulars,
    set_particulars,
    tax_problem,
    view_of,
    views_of,
)
from utfall.portal.invoices.run_showing import drafts, run, runs
from utfall.portal.invoices.runs import (
    again,
    cancel,
    draft_again,
    has_stopped,
    issue,
    issue_now,
    prepare,
    resume,
    start,
)

__all__ = [
    "ACCOUNT_PROBLEMS",
    "accept_agreement",
    "again",
    "all_house_accounts",
    "all_papers",
    "archive",
    "cancel",
    "correct",
    "document",
    "draft_again",
    "drafts",
    "file_of",
    "follow_papers",
    "has_stopped",
    "house_account",
    "house_accounts",
    "house_numbers",
    "issue",
    "issue_now",
    "listed",
    "names_on_papers",
    "open_papers",
    "own_document",
    "paper",
    "paper_kept",
    "paper_view",
    "papers",
    "papers_of",
    "particulars",
    "parts_of",
    "pdf",
    "prepare",
    "remove_house_account",
    "resume",
    "run",
    "runs",
    "set_house_account",
    "set_particulars",
    "start",
    "tax_problem",
    "ubl",
    "view_of",
    "views_of",
]
