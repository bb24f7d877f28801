"""The files that rows come from, kept until they have been read."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.uploads import Uploads
from utfall.portal.validation.reading import BYTES_AT_MOST

FILES: Final = Uploads(
    folder="validation-files",
    bytes_at_most=BYTES_AT_MOST,
    empty=_("The file is empty."),
    too_large=_("The file is larger than 32 MB. Divide it."),
)
