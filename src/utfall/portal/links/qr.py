"""QR codes of addresses, drawn here: no picture service learns of them."""

from io import BytesIO

import qrcode
from qrcode.image.pil import PilImage
from qrcode.image.svg import SvgPathImage

MOST_CHARACTERS = 2000


def qr_svg(address: str) -> bytes:
    """A QR code as a vector drawing, for print of any size."""
    picture = BytesIO()
    _code(address).make_image(image_factory=SvgPathImage).save(picture)
    return picture.getvalue()


def qr_png(address: str) -> bytes:
    """A QR code as pixels, eight for each of its modules."""
    picture = BytesIO()
    _code(address).make_image(image_factory=PilImage).save(picture, "PNG")
    return picture.getvalue()


def _code(address: str) -> qrcode.QRCode:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=8, border=4)
    code.add_data(address[:MOST_CHARACTERS])
    return code
