"""Everything that is sent and answered, by name."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from utfall.client.models import (
    alerts,
    alerts_sent,
    audit,
    audit_sent,
    banking,
    banking_sent,
    bonuses,
    bonuses_sent,
    changes,
    claims,
    claims_sent,
    commission,
    commission_sent,
    conversions,
    creatives,
    creatives_sent,
    feeds,
    feeds_sent,
    finance,
    funding,
    funding_sent,
    imports,
    imports_sent,
    invoices,
    invoices_sent,
    links,
    links_sent,
    operations,
    operations_sent,
    overview,
    overview_sent,
    partners,
    partners_sent,
    partners_words,
    payouts,
    payouts_sent,
    payouts_words,
    people,
    people_sent,
    post,
    programs,
    programs_sent,
    programs_words,
    quality,
    quality_sent,
    reports,
    reports_sent,
    statements,
    statements_sent,
    tracking,
    tracking_sent,
    validation,
    validation_sent,
    webhooks,
    webhooks_sent,
    work,
)
from utfall.client.models.alerts import *  # noqa: F403
from utfall.client.models.alerts_sent import *  # noqa: F403
from utfall.client.models.audit import *  # noqa: F403
from utfall.client.models.audit_sent import *  # noqa: F403
from utfall.client.models.banking import *  # noqa: F403
from utfall.client.models.banking_sent import *  # noqa: F403
from utfall.client.models.bonuses import *  # noqa: F403
from utfall.client.models.bonuses_sent import *  # noqa: F403
from utfall.client.models.changes import *  # noqa: F403
from utfall.client.models.claims import *  # noqa: F403
from utfall.client.models.claims_sent import *  # noqa: F403
from utfall.client.models.commission import *  # noqa: F403
from utfall.client.models.commission_sent import *  # noqa: F403
from utfall.client.models.conversions import *  # noqa: F403
from utfall.client.models.creatives import *  # noqa: F403
from utfall.client.models.creatives_sent import *  # noqa: F403
from utfall.client.models.feeds import *  # noqa: F403
from utfall.client.models.feeds_sent import *  # noqa: F403
from utfall.client.models.finance import *  # noqa: F403
from utfall.client.models.funding import *  # noqa: F403
from utfall.client.models.funding_sent import *  # noqa: F403
from utfall.client.models.imports import *  # noqa: F403
from utfall.client.models.imports_sent import *  # noqa: F403
from utfall.client.models.invoices import *  # noqa: F403
from utfall.client.models.invoices_sent import *  # noqa: F403
from utfall.client.models.links import *  # noqa: F403
from utfall.client.models.links_sent import *  # noqa: F403
from utfall.client.models.operations import *  # noqa: F403
from utfall.client.models.operations_sent import *  # noqa: F403
from utfall.client.models.overview import *  # noqa: F403
from utfall.client.models.overview_sent import *  # noqa: F403
from utfall.client.models.partners import *  # noqa: F403
from utfall.client.models.partners_sent import *  # noqa: F403
from utfall.client.models.partners_words import *  # noqa: F403
from utfall.client.models.payouts import *  # noqa: F403
from utfall.client.models.payouts_sent import *  # noqa: F403
from utfall.client.models.payouts_words import *  # noqa: F403
from utfall.client.models.people import *  # noqa: F403
from utfall.client.models.people_sent import *  # noqa: F403
from utfall.client.models.post import *  # noqa: F403
from utfall.client.models.programs import *  # noqa: F403
from utfall.client.models.programs_sent import *  # noqa: F403
from utfall.client.models.programs_words import *  # noqa: F403
from utfall.client.models.quality import *  # noqa: F403
from utfall.client.models.quality_sent import *  # noqa: F403
from utfall.client.models.reports import *  # noqa: F403
from utfall.client.models.reports_sent import *  # noqa: F403
from utfall.client.models.statements import *  # noqa: F403
from utfall.client.models.statements_sent import *  # noqa: F403
from utfall.client.models.tracking import *  # noqa: F403
from utfall.client.models.tracking_sent import *  # noqa: F403
from utfall.client.models.validation import *  # noqa: F403
from utfall.client.models.validation_sent import *  # noqa: F403
from utfall.client.models.webhooks import *  # noqa: F403
from utfall.client.models.webhooks_sent import *  # noqa: F403
from utfall.client.models.work import *  # noqa: F403

__all__: list[str] = []
__all__ += alerts.__all__
__all__ += alerts_sent.__all__
__all__ += audit.__all__
__all__ += audit_sent.__all__
__all__ += banking.__all__
__all__ += banking_sent.__all__
__all__ += bonuses.__all__
__all__ += bonuses_sent.__all__
__all__ += changes.__all__
__all__ += claims.__all__
__all__ += claims_sent.__all__
__all__ += commission.__all__
__all__ += commission_sent.__all__
__all__ += conversions.__all__
__all__ += creatives.__all__
__all__ += creatives_sent.__all__
__all__ += feeds.__all__
__all__ += feeds_sent.__all__
__all__ += finance.__all__
__all__ += funding.__all__
__all__ += funding_sent.__all__
__all__ += imports.__all__
__all__ += imports_sent.__all__
__all__ += invoices.__all__
__all__ += invoices_sent.__all__
__all__ += links.__all__
__all__ += links_sent.__all__
__all__ += operations.__all__
__all__ += operations_sent.__all__
__all__ += overview.__all__
__all__ += overview_sent.__all__
__all__ += partners.__all__
__all__ += partners_sent.__all__
__all__ += partners_words.__all__
__all__ += payouts.__all__
__all__ += payouts_sent.__all__
__all__ += payouts_words.__all__
__all__ += people.__all__
__all__ += people_sent.__all__
__all__ += post.__all__
__all__ += programs.__all__
__all__ += programs_sent.__all__
__all__ += programs_words.__all__
__all__ += quality.__all__
__all__ += quality_sent.__all__
__all__ += reports.__all__
__all__ += reports_sent.__all__
__all__ += statements.__all__
__all__ += statements_sent.__all__
__all__ += tracking.__all__
__all__ += tracking_sent.__all__
__all__ += validation.__all__
__all__ += validation_sent.__all__
__all__ += webhooks.__all__
__all__ += webhooks_sent.__all__
__all__ += work.__all__
