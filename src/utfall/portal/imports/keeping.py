"""The files that rows come from, kept until they are imported."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.imports.reading import BYTES_AT_MOST
from utfall.portal.uploads import Uploads

ENVELOPE: Final = 64 << 10
"""What a form is larger than the file in it."""
FILES: Final = Uploads(
    folder="import-files",
    bytes_at_most=BYTES_AT_MOST,
    empty=_("The file is empty."),
    too_large=_("The file is larger than 20 MB. Divide it."),
)
