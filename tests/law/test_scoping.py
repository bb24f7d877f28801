"""A query for somebody goes through their scope; whoever reads everybody's rows is listed with the reason."""

import ast
from collections.abc import Iterator

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from tests.law.tree import ROOT, Module, modules
from utfall.portal.access import Owners, Records, all_pages

PORTAL = ROOT / "src" / "utfall" / "portal"

EVERYWHERE = {"sealed.py", "callers.py", "tasks.py", "adopting.py"}
"""Modules without a caller, in whichever app: sealing, recognising, periodic duties, taking over a market."""

SYSTEM = {
    "alerts/notifying.py": "letters about an alert are sent without a caller, to those of its owner",
    "alerts/reminding.py": "what a rule told last, while it is looked at as its owner",
    "alerts/rules.py": "programs that have no presets yet are found without a caller",
    "alerts/watching.py": "rules are looked at without a caller, each as its owner",
    "audit/chain.py": "the chain is one for everybody: the last entry's hash, and checking all of it",
    "audit/policy.py": "what the operator asks for holds for everybody",
    "audit/proposals.py": "proposals expire without a caller",
    "bonuses/following.py": "grants that were noted are told, and their answers noted, without a caller",
    "bonuses/granting.py": "what was taken back of grants in scope; what a form told of a program in scope",
    "changes/reading.py": "what programs in scope tell their partners; everything, for webhooks and alerts",
    "changes/telling.py": "the feed is forgotten without a caller",
    "banking/fundings.py": "what settlement made of everybody's payments is read without a caller",
    "banking/taking.py": "movements of a file that is read without a caller, each known by its key",
    "banking/importing.py": "files of the watched directory are imported without a caller, each once",
    "banking/showing.py": "closing balances of the operator; movements of a file found in scope are counted",
    "claims/awarding.py": "the award of a claim that was approved in scope, written once",
    "claims/clocks.py": "the clock in force for a program, and how programs decide, in nameless medians",
    "claims/deciding.py": "clocks run without a caller; a claim that was found in scope is moved once",
    "claims/filing.py": "the room that a publisher has left, counted among its own claims",
    "commission/offered.py": "what a program that was found in scope offers a publisher",
    "conversions/finding.py": "sub-ids of orders that were found in scope",
    "conversions/sharing.py": "orders that a publisher has a part in, and the parts of orders found in scope",
    "conversions/narrowing.py": "numbers of orders with a rare value, narrowed to the caller afterwards",
    "conversions/paying.py": "what payouts paid is kept without a caller, and read of orders found in scope",
    "conversions/projecting.py": "the projection is kept without a caller",
    "creatives/duplicates.py": "a creative is unique within a program that was found in scope",
    "creatives/showing.py": "creatives of the programs that this publisher was found to take part in",
    "creatives/uploading.py": "the room that a program found in scope has left",
    "feeds/delivering.py": "the rows of a feed that was found in scope, while it is read",
    "feeds/returning.py": "for how many days items can be returned, asked by the platform's own duty",
    "feeds/showing.py": "feeds of programs this publisher takes part in, and rows of a feed found in scope",
    "finance/fees.py": "what the network earned is added up without a caller",
    "finance/month_ends.py": "balances of all accounts are kept without a caller",
    "funding/settling.py": "deposits pay open papers without a caller, and answers to that are noted",
    "funding/terms.py": "the terms of an advertiser that was found in scope, or of all for whoever watches",
    "invoices/correcting.py": "the credit note over a paper that was found in scope, one at a time",
    "invoices/documents.py": "what is frozen of a paper, for apps that looked whose it is",
    "invoices/drafting.py": "papers of everybody are drafted at once, in a run that was found in scope",
    "invoices/following.py": "what settlement made of everybody's papers is noted without a caller",
    "invoices/house.py": "the operator's own accounts, which files and papers name",
    "invoices/issuing.py": "papers of everybody are numbered at once, in a run that was found in scope",
    "invoices/paper_letters.py": "papers that were issued, each told to its party",
    "invoices/paper_showing.py": "our numbers of papers that the book was asked for in scope",
    "invoices/parties.py": "whom a paper names: both of its parties, whoever issues it",
    "invoices/run_showing.py": "the papers of a run that was found in scope are counted",
    "invoices/runs.py": "a run that was found in scope moves on, once",
    "links/codes.py": "a code is unique within its program, whoever holds it",
    "links/domains.py": "a host is unique in the whole installation",
    "links/health.py": "links are checked without a caller",
    "links/keys.py": "a short key is unique in the whole installation",
    "operations/allowing.py": "what each organisation is allowed is asked for by whoever enforces it",
    "operations/announcing.py": "an announcement is of nobody: its audience is asked for",
    "operations/health.py": "samples of queues are forgotten without a caller",
    "operations/looking.py": "an impersonation is found before there is a caller, and ends without one",
    "partners/applying.py": "the one partnership of a program and a publisher that were found in scope",
    "partners/experience.py": "how quickly programs decide, in medians that name nobody",
    "partners/inviting.py": "an invitation by mail is found by its secret or by its reader's address",
    "partners/letters.py": "the letters and applications of one partnership that was found in scope",
    "partners/partnering.py": "applications of partnerships found in scope; whether somebody is enrolled",
    "partners/publishers.py": "a publisher's own sites are counted, after its permission was checked",
    "partners/sharing.py": "shares of a split that a publisher has a part in; overrides of its own",
    "partners/sharing_sealed.py": "splits and overrides as they are sealed, and as a market is adopted",
    "partners/showing.py": "publishers' profiles, which are there to be found",
    "partners/standing.py": "the enrolment of a partnership that was found in scope",
    "payouts/details.py": "how a publisher that was found in scope is paid",
    "payouts/earning.py": "the sums of a publisher that was found in scope",
    "payouts/coming_back.py": "by which payouts publishers that were found in scope were paid again",
    "payouts/exchanging.py": "exchanges of payouts found in scope, told and followed without a caller",
    "payouts/fetching.py": "how the last fetch of exchange rates went, of the installation",
    "payouts/judgements.py": "what everybody's verdicts come to, for the operator alone",
    "payouts/judging.py": "who is due is judged for everybody at once, before a batch is made",
    "payouts/letters.py": "the payouts of a batch that was found in scope, each told to its publisher",
    "payouts/outcomes.py": "what banks and settlement said of everybody's payouts is noted without a caller",
    "payouts/rate_standing.py": "in which currencies anybody is paid, for the operator alone",
    "payouts/releasing.py": "releases are written and followed without a caller",
    "payouts/sending.py": "the payouts of a batch that was found in scope, as its file has them",
    "payouts/showing.py": "the payouts of a batch that was found in scope",
    "people/account.py": "a person's own memberships, in every organisation",
    "people/founding.py": "an installation's first people, before anybody can sign in",
    "people/invitations.py": "an invitation is found by its secret, before its reader is a member",
    "people/mandates.py": "whoever is asked for a mandate is found by their public name",
    "people/members.py": "an organisation keeps an owner, counted among its own",
    "people/numbers.py": "the next number is unique in the whole installation",
    "people/parties.py": "names of parties, which others may know",
    "people/sign_up.py": "signing up has no caller yet",
    "people/slugs.py": "a slug is unique in the whole installation",
    "people/within.py": "an operator or an agency acts for an advertiser that was checked to be in reach",
    "post/facade.py": "letters belong to nobody: the demo's mailbox, and forgetting old ones",
    "post/sending.py": "letters are sent without a caller",
    "programs/finding.py": "versions of a program that was found in scope, and programs that others reveal",
    "programs/groups.py": "names of groups whose members were found in scope",
    "quality/deadlines.py": "the clock of held orders runs without a caller, each for its advertiser",
    "quality/keeping.py": "what a look at everything found is kept without a caller",
    "quality/reviewing.py": "how publishers compare is kept without a caller",
    "reports/differing.py": "everybody's sums are compared with the book without a caller",
    "rest/idempotency.py": "answers are found by the API key that they were given to",
    "statements/charting.py": "the operator's own chart of accounts",
    "statements/keeping.py": "sums of days are the operator's own, and kept without a caller",
    "statements/vat_keeping.py": "papers as VAT counts them are the operator's own, kept without a caller",
    "webhooks/following.py": "the feed is followed for everybody, each endpoint told its own side",
    "webhooks/keeping.py": "deliveries of endpoints found in scope are counted",
    "webhooks/sending.py": "deliveries are sent without a caller",
    "validation/applying.py": "the rows of a batch that was begun in scope, also after its process died",
    "validation/deferring.py": "what everybody's feeds ask to wait for is told to settlement once for all",
    "validation/making.py": "the rows of a batch that was found in scope, while they are judged",
    "validation/outcomes.py": "what settlement made of everybody's decisions is read once for all",
    "validation/policies.py": "what programs ask for is sealed with everybody's terms",
    "validation/summing.py": "the rows of a batch that was found in scope are counted",
    "work/asking.py": "an organisation's own open work is counted",
    "work/doing.py": "work is done without a request",
    "work/running.py": "work is begun again without a request",
}
"""Who else reads rows of everybody, and why that is right. Making a row is not reading."""

OF_NOBODY = {
    "audit.Policy": "what the operator asks of everybody",
    "banking.BankFile": "only the operator sees what its bank says",
    "banking.Closing": "only the operator sees what its bank says",
    "banking.Movement": "only the operator sees what its bank says",
    "conversions.Answered": "payouts of which banks said something, until their orders know",
    "conversions.Followed": "how far the book has been read",
    "finance.FeeMonth": "what the network earned, of nobody else",
    "finance.MonthEnd": "what stood on all accounts, which the operator alone reads",
    "invoices.HouseAccount": "the operator's own",
    "invoices.Run": "only the operator sees runs; a paper is its party's",
    "operations.Announcement": "what the operator tells everybody of an audience",
    "operations.Dismissal": "a person's own, found by the announcement",
    "operations.Sample": "the installation's own: how much waited",
    "payouts.Batch": "only the operator sees batches; a payout is its publisher's",
    "payouts.Judgement": "one row: what is due in the whole installation",
    "payouts.RatesFetch": "one row: how the last fetch of exchange rates went",
    "people.User": "a person may belong to several organisations; reached through memberships",
    "programs.Policy": "one row: what the operator asks of all programs",
    "reports.Difference": "only the operator sees whose sums differ from the book",
    "sealing.Revision": "one row: how far the snapshot in force is behind",
    "statements.ChartOfAccounts": "one row: the operator's own",
    "statements.DaySum": "the operator's own: what the whole book moved on a day",
    "statements.KeptDay": "the operator's own: which days are summed",
    "statements.VatPaper": "the operator's own: how papers of everybody are taxed",
    "validation.Followed": "one row: how far the book was read for outcomes",
    "tracking.Followed": "how far the journal has been counted",
    "post.Letter": "only the operator sees how letters fare",
    "rest.Answered": "found by the API key it was given to",
    "webhooks.Followed": "how far the change feed has been followed",
    "work.Duty": "the installation's own",
}
"""Models without an owner, with the reason."""

AROUND = {
    "home/demo.py": "the people of the demo, found by the domain of their address",
    "moving.py": "all rows of all tables, brought into another database before anybody uses it",
}
"""Who goes around a manager, with the reason."""

CREATING = {"create", "bulk_create", "update_or_create", "get_or_create"}

OPEN = {
    "account/": "signing in and out, and a person's own account (allauth, people)",
    "api/": "the API, which has operations instead, and its reference",
    "demo/": "the demo: its mailbox and its sign-in; not found in an installation that is none",
    "help/": "how it works",
    "invite/": "an invitation, found by its secret",
    "legal/": "the licence",
    "preferences/": "language and theme",
    "second-factor/": "where a second factor is set up that an organisation asks for",
    "sign-up/": "signing up",
}
"""Addresses outside of organisations; the front door is the empty one."""


def portal_modules() -> Iterator[tuple[str, Module]]:
    for module in modules():
        if module.path.is_relative_to(PORTAL):
            yield str(module.path.relative_to(PORTAL)), module


def reads_everything(module: Module) -> Iterator[ast.Call]:
    """Calls of `.system()` that something other than making a row is asked of."""
    making = {
        id(node.value) for node in module.nodes if isinstance(node, ast.Attribute) and node.attr in CREATING
    }
    for node in module.nodes:
        match node:
            case ast.Call(func=ast.Attribute(attr="system")) if id(node) not in making:
                yield node


def test_only_those_who_say_why_read_everybodys_rows() -> None:
    found = {
        name: module.at(call)
        for name, module in portal_modules()
        for call in reads_everything(module)
        if module.path.name not in EVERYWHERE and name not in SYSTEM
    }
    assert not found, f"narrow the query by `of(caller)`, or say in SYSTEM why not: {sorted(found.values())}"


def test_nobody_is_listed_who_no_longer_does() -> None:
    used = {name for name, module in portal_modules() if any(reads_everything(module))}
    assert set(SYSTEM) <= used


def test_nobody_goes_around_the_manager() -> None:
    offences = [
        module.at(node)
        for name, module in portal_modules()
        if not name.startswith(("book/", "access/")) and name not in AROUND
        for node in module.nodes
        if isinstance(node, ast.Attribute)
        and (node.attr in {"_base_manager", "_default_manager"} or is_all_of_a_manager(node))
    ]
    assert offences == []


def is_all_of_a_manager(node: ast.Attribute) -> bool:
    return node.attr == "all" and isinstance(node.value, ast.Attribute) and node.value.attr == "objects"


def test_every_model_says_whose_its_rows_are() -> None:
    offences = []
    for model in apps.get_models():
        label = model._meta.label
        if not model.__module__.startswith("utfall.portal.") or label.startswith("book."):
            continue
        owners = getattr(model, "owners", None)
        owned = isinstance(owners, Owners) and any((owners.advertiser, owners.publisher, owners.organisation))
        if label in OF_NOBODY:
            assert not owned, f"{label} has an owner after all"
        elif not owned or not isinstance(model._meta.managers_map.get("objects"), Records):
            offences.append(label)
    assert not offences, f"declare `owners` and `objects = Records[...]()`, or say in OF_NOBODY: {offences}"


def test_no_app_imports_anothers_models() -> None:
    """What crosses a border is a facade, a contract or the kernel (`access`)."""
    offences = [
        f"{module.at(node)} imports {imported}"
        for name, module in portal_modules()
        for node, imported in imports(module)
        if imported.startswith("utfall.portal.")
        and (parts := imported.split("."))[2] != name.partition("/")[0]
        and len(parts) > 3
        and parts[3] == "models"
    ]
    assert offences == []


def imports(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """What is imported, as dotted names with the imported name at the end."""
    for node in module.nodes:
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, route)
        else:
            yield route, one


def test_every_address_is_a_page_or_openly_listed() -> None:
    routes = [route for route, _one in patterns(get_resolver())]
    registered = {f"<slug:org>/{page.route}" for page in all_pages()}
    assert registered
    offences = [
        route for route in routes if route and route not in registered and not route.startswith(tuple(OPEN))
    ]
    assert offences == [], "register a page (`access.Pages`), or say in OPEN why it is open"


def test_every_page_is_for_somebody() -> None:
    assert get_resolver().url_patterns
    assert [page for page in all_pages() if not page.kinds] == []
