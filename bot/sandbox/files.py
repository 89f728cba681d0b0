"""Uploaded files: how they are kept, recognised and given back."""

import base64
import hashlib
import struct

from bot.sandbox.errors import bad_request
from bot.sandbox.request import Request, Upload, method
from bot.sandbox.world import Json, StoredFile, World

MAX_DOWNLOAD = 20 * 1024 * 1024


def store(world: World, upload: Upload, kind: str) -> StoredFile:
    world.last_file_number += 1
    number = world.last_file_number
    seal = hashlib.sha256(f"{kind}:{number}:{upload.name}".encode()).digest()
    file_id = _word(kind.encode() + b":" + seal[:24] + number.to_bytes(6, "big"))
    details: Json = {
        "file_id": file_id,
        "file_unique_id": _word(seal[:9]),
        "file_size": len(upload.content),
    }
    file = StoredFile(file_id, kind, upload.name, upload.mime, upload.content, details)
    world.files[file_id] = file
    return file


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG; None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
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
