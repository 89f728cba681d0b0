"""Files that a bot names by their address: the sandbox has no network, so others stand in."""

import mimetypes
from urllib.parse import unquote, urlsplit

from bot.sandbox.errors import bad_request
from bot.sandbox.pictures import plain_png
from bot.sandbox.request import Upload

BY_ADDRESS = ("http://", "https://")
PICTURES = ("photo", "sticker")


def stand_in(address: str, kind: str) -> Upload:
    """What Telegram would have fetched: a plain picture, or a file that holds its address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = None
    if parts is None or "." not in (parts.hostname or ""):
        raise bad_request("wrong HTTP URL specified")
    name = unquote(parts.path.rpartition("/")[2]) or "file"
    if kind in PICTURES:
        return Upload(name, plain_png(address), "image/png")
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Upload(name, address.encode(), mime)
