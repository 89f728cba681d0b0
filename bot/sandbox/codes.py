"""What the QR codes in a picture say, as a phone's camera would read them."""

import io

import zxingcpp
from PIL import Image, UnidentifiedImageError

QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def codes_in(picture: bytes) -> list[str]:
    """Nothing for what is no picture."""
    try:
        with Image.open(io.BytesIO(picture)) as image:
            found = zxingcpp.read_barcodes(image.convert("L"), formats=QR)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return []
    return [code.text for code in found]
