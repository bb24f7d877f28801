"""Who may see and do what: the ground of every page and every API operation. It has no tables.

    caller.require(Permission.MANAGE)            # what a role may do
    Program.objects.of(caller).get(pk=number)    # what an organisation may see
    @pages.page("programs/", name="index", needs=Permission.LOOK)

It promises: every query for a caller goes through `Records.of` or `Records.seen_by`, every page and operation
is registered with the permission it needs, and what is somebody else's cannot be told from what does not
exist. `tests/law/test_tenancy.py` visits every registered page and operation as every role.
"""

from utfall.portal.access.caller import Caller
from utfall.portal.access.errors import Forbidden, NotFound, Problem, Refused, Words, refuse
from utfall.portal.access.onlooking import Onlooker
from utfall.portal.access.pages import Menu, Page, Pages, all_pages
from utfall.portal.access.paging import Slice
from utfall.portal.access.roles import EVERYBODY, Kind, Permission, Role
from utfall.portal.access.scoping import Owners, Records

__all__ = [
    "EVERYBODY",
    "Caller",
    "Forbidden",
    "Kind",
    "Menu",
    "NotFound",
    "Onlooker",
    "Owners",
    "Page",
    "Pages",
    "Permission",
    "Problem",
    "Records",
    "Refused",
    "Role",
    "Slice",
    "Words",
    "all_pages",
    "refuse",
]
