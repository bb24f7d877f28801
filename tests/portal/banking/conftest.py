"""A house with an account that statements are about, and a payout with the bank."""

from tests.portal.payouts.conftest import own_site, payday

__all__ = ["own_site", "payday"]
