"""What this app has done in the background."""

from utfall.portal.partners.verifying import KIND, verify
from utfall.portal.work import facade as work

verify_property = work.kind(KIND)(verify)
