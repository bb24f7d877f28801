"""The one way into links, domains and codes. Every function asks permission and reaches only what is seen."""

from utfall.portal.links.building import (
    change_link,
    create_link,
    create_links,
    deep_link,
    end_link,
    link,
    links,
    revive_link,
)
from utfall.portal.links.clicks import clicks
from utfall.portal.links.codes import assign_code, code, codes, end_code
from utfall.portal.links.domains import add_domain, check_domain, domains, remove_domain
from utfall.portal.links.health import check_due, check_link
from utfall.portal.links.leaks import code_orders, leaks
from utfall.portal.links.sealed import adopt, sealed_codes, sealed_links

__all__ = [
    "add_domain",
    "adopt",
    "assign_code",
    "change_link",
    "check_domain",
    "check_due",
    "check_link",
    "clicks",
    "code",
    "code_orders",
    "codes",
    "create_link",
    "create_links",
    "deep_link",
    "domains",
    "end_code",
    "end_link",
    "leaks",
    "link",
    "links",
    "remove_domain",
    "revive_link",
    "sealed_codes",
    "sealed_links",
]
