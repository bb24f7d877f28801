"""Everything that is sent and answered, by name."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from utfall.client.models import (
    audit,
    audit_sent,
    commission,
    commission_sent,
    creatives,
    creatives_sent,
    feeds,
    feeds_sent,
    links,
    links_sent,
    partners,
    partners_sent,
    people,
    people_sent,
    post,
    programs,
    programs_sent,
    tracking,
    tracking_sent,
    work,
)
from utfall.client.models.audit import *  # noqa: F403
from utfall.client.models.audit_sent import *  # noqa: F403
from utfall.client.models.commission import *  # noqa: F403
from utfall.client.models.commission_sent import *  # noqa: F403
from utfall.client.models.creatives import *  # noqa: F403
from utfall.client.models.creatives_sent import *  # noqa: F403
from utfall.client.models.feeds import *  # noqa: F403
from utfall.client.models.feeds_sent import *  # noqa: F403
from utfall.client.models.links import *  # noqa: F403
from utfall.client.models.links_sent import *  # noqa: F403
from utfall.client.models.partners import *  # noqa: F403
from utfall.client.models.partners_sent import *  # noqa: F403
from utfall.client.models.people import *  # noqa: F403
from utfall.client.models.people_sent import *  # noqa: F403
from utfall.client.models.post import *  # noqa: F403
from utfall.client.models.programs import *  # noqa: F403
from utfall.client.models.programs_sent import *  # noqa: F403
from utfall.client.models.tracking import *  # noqa: F403
from utfall.client.models.tracking_sent import *  # noqa: F403
from utfall.client.models.work import *  # noqa: F403

__all__: list[str] = []
__all__ += audit.__all__
__all__ += audit_sent.__all__
__all__ += commission.__all__
__all__ += commission_sent.__all__
__all__ += creatives.__all__
__all__ += creatives_sent.__all__
__all__ += feeds.__all__
__all__ += feeds_sent.__all__
__all__ += links.__all__
__all__ += links_sent.__all__
__all__ += partners.__all__
__all__ += partners_sent.__all__
__all__ += people.__all__
__all__ += people_sent.__all__
__all__ += post.__all__
__all__ += programs.__all__
__all__ += programs_sent.__all__
__all__ += tracking.__all__
__all__ += tracking_sent.__all__
__all__ += work.__all__
