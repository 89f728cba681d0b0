"""Uploaded files: how they are kept, recognised and given back."""

import base64
import hashlib
import struct
from dataclasses import replace

from bot.sandbox.errors import bad_request
from bot.sandbox.films import is_animated, is_webm, measured
from bot.sandbox.pictures import plain_png
from bot.sandbox.request import Request, Upload, method
from bot.sandbox.world import Json, StoredFile, World

MAX_DOWNLOAD = 20 * 1024 * 1024
LARGEST_SIDE = 1280
SMALLER_SIDES = {"s": 90, "m": 320, "x": 800}
# What a file tells of itself, by what it is sent as.
FACTS = {
    "video": ("duration", "width", "height"),
    "live_photo": ("duration", "width", "height"),
    "animation": ("duration", "width", "height"),
    "audio": ("duration", "title", "performer"),
    "voice": ("duration",),
    "video_note": ("duration", "length"),
    "sticker": ("width", "height", "is_animated", "is_video"),
}


def store(world: World, upload: Upload, kind: str) -> StoredFile:
    world.last_file_number += 1
    number = world.last_file_number
    seal = hashlib.sha256(f"{kind}:{number}:{upload.name}".encode()).digest()
    file_id = _word(kind.encode() + b":" + seal[:24] + number.to_bytes(6, "big"))
    details: Json = {
        "file_id": file_id,
        "file_unique_id": _word(seal[:9]),
        "file_size": len(upload.content),
        **_facts(kind, upload.content),
    }
    file = StoredFile(file_id, kind, upload.name, upload.mime, upload.content, details)
    world.files[file_id] = file
    for small in _smaller(file):
        world.files[small.id] = small
    return file


def _smaller(file: StoredFile) -> list[StoredFile]:
    """The smaller sizes of a photo, or the thumbnail of another file, which it shows from then."""
    if file.kind == "photo":
        return [_copy(file, size) for size in photo_sizes(file)[:-1]]
    small = _thumbnail(file)
    if small is None:
        return []
    file.details["thumbnail"] = small.details
    return [small]


def _copy(file: StoredFile, size: Json) -> StoredFile:
    return replace(file, id=size["file_id"], kind="photo", details=size, original=file.id)


def _thumbnail(file: StoredFile) -> StoredFile | None:
    """As Telegram draws it itself: of a picture, or of a film, where one colour has to do."""
    if file.kind in ("document", "sticker") and picture_size(file.content):
        sizes = photo_sizes(file)
        return _copy(file, {**sizes[min(1, len(sizes) - 1)], **_named_smaller(file)})
    side = file.details.get("length", 0)
    width, height = file.details.get("width", side), file.details.get("height", side)
    if file.kind not in ("video", "animation", "video_note") or not width or not height:
        return None
    shrunk = min(1.0, SMALLER_SIDES["m"] / max(width, height))
    width, height = max(1, round(width * shrunk)), max(1, round(height * shrunk))
    drawn = plain_png(file.id, width, height)
    shown = {"file_size": len(drawn), "width": width, "height": height}
    small = _copy(file, {**_named_smaller(file), **shown})
    return replace(small, content=drawn, original="")


def _named_smaller(file: StoredFile) -> Json:
    return {name: file.details[name] + "m" for name in ("file_id", "file_unique_id")}


def photo_sizes(file: StoredFile) -> list[Json]:
    """Telegram keeps smaller copies of a photo; here they all lead to the same bytes."""
    width, height = picture_size(file.content) or (0, 0)
    longest = max(width, height)
    sides = {name: side for name, side in SMALLER_SIDES.items() if side < longest}
    sides[""] = min(longest, LARGEST_SIDE)
    return [
        {
            "file_id": file.details["file_id"] + name,
            "file_unique_id": file.details["file_unique_id"] + name,
            "file_size": file.details["file_size"],
            "width": round(width * side / longest),
            "height": round(height * side / longest),
        }
        for name, side in sides.items()
    ]


def _facts(kind: str, content: bytes) -> Json:
    wanted = FACTS.get(kind, ())
    if not wanted:
        return {}
    found = measured(content)
    if "length" in wanted and "width" in found:
        found["length"] = min(found["width"], found["height"])
    if kind == "sticker":
        found |= {"is_animated": is_animated(content), "is_video": is_webm(content)}
        if size := picture_size(content):
            found["width"], found["height"] = size
    return {name: found[name] for name in wanted if name in found}


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF, WebP or JPEG; None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP" and len(content) >= 30:
        return _webp_size(content)
    return _jpeg_size(content) if content.startswith(b"\xff\xd8") else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None


def _webp_size(content: bytes) -> tuple[int, int]:
    if content[12:16] == b"VP8X":
        width, height = (int.from_bytes(content[at : at + 3], "little") for at in (24, 27))
        return width + 1, height + 1
    if content[12:16] == b"VP8L":
        packed = int.from_bytes(content[21:25], "little")
        return (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", content[26:30])
    return width & 0x3FFF, height & 0x3FFF


def _word(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@method
def getFile(ask: Request) -> Json:
    file_id = ask.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = ask.sandbox.world.files.get(file_id)
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    names = ("file_id", "file_unique_id", "file_size")
    return {**{name: file.details[name] for name in names}, "file_path": file.path}


def downloadable(world: World, path: str) -> StoredFile | None:
    return next((file for file in world.files.values() if file.path == path), None)
