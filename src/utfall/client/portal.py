"""A portal by one key, its operations by chapter."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

import time
from collections.abc import Callable

from utfall.client.operations.alerts import Alerts
from utfall.client.operations.audit import Audit
from utfall.client.operations.banking import Banking
from utfall.client.operations.bonuses import Bonuses
from utfall.client.operations.changes import Changes
from utfall.client.operations.claims import Claims
from utfall.client.operations.commission import Commission
from utfall.client.operations.conversions import Conversions
from utfall.client.operations.creatives import Creatives
from utfall.client.operations.feeds import Feeds
from utfall.client.operations.finance import Finance
from utfall.client.operations.funding import Funding
from utfall.client.operations.imports import Imports
from utfall.client.operations.invoices import Invoices
from utfall.client.operations.links import Links
from utfall.client.operations.operations import Operations
from utfall.client.operations.overview import Overview
from utfall.client.operations.partners import Partners
from utfall.client.operations.payouts import Payouts
from utfall.client.operations.people import People
from utfall.client.operations.post import Post
from utfall.client.operations.programs import Programs
from utfall.client.operations.quality import Quality
from utfall.client.operations.reports import Reports
from utfall.client.operations.statements import Statements
from utfall.client.operations.tracking import Tracking
from utfall.client.operations.validation import Validation
from utfall.client.operations.webhooks import Webhooks
from utfall.client.operations.work import Work
from utfall.client.transport import ATTEMPTS, Calls, Send


class Client:
    """A portal by one key: `client.links.make(...)`. Threads may share it."""

    def __init__(
        self,
        portal: str,
        key: str,
        *,
        timeout_seconds: float = 30.0,
        attempts: int = ATTEMPTS,
        language: str = "en",
        send: Send | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        calls = Calls(
            portal,
            key,
            timeout_seconds=timeout_seconds,
            attempts=attempts,
            language=language,
            send=send,
            wait=wait,
        )
        self.people = People(calls)
        self.audit = Audit(calls)
        self.post = Post(calls)
        self.work = Work(calls)
        self.programs = Programs(calls)
        self.commission = Commission(calls)
        self.partners = Partners(calls)
        self.links = Links(calls)
        self.creatives = Creatives(calls)
        self.feeds = Feeds(calls)
        self.tracking = Tracking(calls)
        self.changes = Changes(calls)
        self.conversions = Conversions(calls)
        self.validation = Validation(calls)
        self.bonuses = Bonuses(calls)
        self.reports = Reports(calls)
        self.overview = Overview(calls)
        self.quality = Quality(calls)
        self.claims = Claims(calls)
        self.invoices = Invoices(calls)
        self.funding = Funding(calls)
        self.payouts = Payouts(calls)
        self.banking = Banking(calls)
        self.statements = Statements(calls)
        self.finance = Finance(calls)
        self.alerts = Alerts(calls)
        self.webhooks = Webhooks(calls)
        self.imports = Imports(calls)
        self.operations = Operations(calls)
