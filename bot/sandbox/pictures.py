"""Plain pictures, for what the sandbox has to show and cannot know."""

import hashlib
import struct
import zlib


def plain_png(seed: str, width: int = 640, height: int = 360) -> bytes:
    """A picture of one colour, always the same for the same seed."""
    colour = bytes(128 + byte // 2 for byte in hashlib.sha256(seed.encode()).digest()[:3])
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + colour * width) * height)
    parts = _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def _chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
