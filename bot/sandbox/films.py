"""How long a film or a sound lasts and how large it is shown, read from the file itself."""

import json
import struct
import zlib
from collections.abc import Iterator

from bot.sandbox.world import Json

MP3_RATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
OPUS_RATE = 48_000
TAGS = {b"TIT2": "title", b"TPE1": "performer"}
SPELLINGS = ("latin-1", "utf-16", "utf-16-be", "utf-8")
EBML_CONTAINERS = (0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0xE0)
EBML_SCALE, EBML_DURATION, EBML_WIDTH, EBML_HEIGHT = 0x2AD7B1, 0x4489, 0xB0, 0xBA
MOST_UNPACKED = 1024 * 1024


def measured(content: bytes) -> Json:
    """Duration, width, height, title and performer: what can be told of them."""
    try:
        found = _measured(content)
    except (struct.error, IndexError, ValueError):
        return {}
    return {name: value for name, value in found.items() if value}


def is_webm(content: bytes) -> bool:
    return content.startswith(b"\x1a\x45\xdf\xa3")


def is_animated(content: bytes) -> bool:
    """An animated sticker: a packed description of a drawing that moves."""
    return content.startswith(b"\x1f\x8b")


def _measured(content: bytes) -> Json:
    if content[4:8] == b"ftyp":
        return _mp4(content)
    if content.startswith(b"OggS"):
        return _ogg(content)
    if content.startswith(b"ID3") or content[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return _mp3(content)
    if content.startswith(b"GIF8"):
        return _gif(content)
    if is_webm(content):
        return _webm(content)
    return _tgs(content) if is_animated(content) else {}


def _boxes(content: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes of an MP4 file side by side: their kind, and where their inside lies."""
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", content, start)
        inside = start + 8
        if size == 1:
            size, inside = struct.unpack_from(">Q", content, inside)[0], inside + 8
        stop = start + size if size else end
        if stop < inside:
            return
        yield kind, inside, min(stop, end)
        start = stop


def _mp4(content: bytes) -> Json:
    found: Json = {}
    for kind, start, end in _boxes(content, 0, len(content)):
        if kind == b"moov":
            for inner, begin, stop in _boxes(content, start, end):
                if inner == b"mvhd":
                    found["duration"] = _lasting(content, begin)
                elif inner == b"trak":
                    found |= _shown(content, begin, stop)
    return found


def _lasting(content: bytes, start: int) -> int:
    long = content[start] == 1
    scale, length = struct.unpack_from(">IQ" if long else ">II", content, start + 12 + 8 * long)
    return round(length / scale) if scale else 0


def _shown(content: bytes, start: int, end: int) -> Json:
    for kind, begin, _ in _boxes(content, start, end):
        if kind == b"tkhd":
            later = 12 if content[begin] == 1 else 0
            width, height = struct.unpack_from(">II", content, begin + 76 + later)
            return {"width": width >> 16, "height": height >> 16} if width and height else {}
    return {}


def _ogg(content: bytes) -> Json:
    """The last page says how many samples have been played by then."""
    last = content.rfind(b"OggS")
    samples = struct.unpack_from("<q", content, last + 6)[0]
    head = content.find(b"\x01vorbis")
    rate = struct.unpack_from("<I", content, head + 12)[0] if head >= 0 else OPUS_RATE
    return {"duration": round(samples / rate) if rate else 0}


def _mp3(content: bytes) -> Json:
    """At an even rate the size says how long it lasts."""
    start, found = _id3(content) if content.startswith(b"ID3") else (0, {})
    frame = content.find(b"\xff\xfb", start)
    if frame < 0:
        return found
    rate = MP3_RATES[min(content[frame + 2] >> 4, len(MP3_RATES) - 1)]
    return {**found, "duration": round((len(content) - frame) / (rate * 125)) if rate else 0}


def _id3(content: bytes) -> tuple[int, Json]:
    found: Json = {}
    end = 10 + sum(byte << 7 * place for place, byte in enumerate(reversed(content[6:10])))
    at = 10
    while at + 10 <= end and content[at : at + 4].strip(b"\0"):
        size = int.from_bytes(content[at + 4 : at + 8], "big")
        if name := TAGS.get(content[at : at + 4]):
            spelling = SPELLINGS[min(content[at + 10], 3)]
            said = content[at + 11 : at + 10 + size].decode(spelling, "replace")
            found[name] = said.strip("\0 ")
        at += 10 + size
    return end, found


def _gif(content: bytes) -> Json:
    """Every picture of a GIF says how long it stays."""
    width, height = struct.unpack_from("<HH", content, 6)
    hundredths, at = 0, content.find(b"!\xf9\x04")
    while at >= 0:
        hundredths += struct.unpack_from("<H", content, at + 4)[0]
        at = content.find(b"!\xf9\x04", at + 8)
    return {"width": width, "height": height, "duration": round(hundredths / 100)}


def _webm(content: bytes) -> Json:
    numbers = dict(_elements(content, 0, len(content)))
    found: Json = {}
    for name, key in (("width", EBML_WIDTH), ("height", EBML_HEIGHT)):
        found[name] = int.from_bytes(numbers.get(key, b""), "big")
    if length := numbers.get(EBML_DURATION):
        scale = int.from_bytes(numbers.get(EBML_SCALE, b"\x0f\x42\x40"), "big")
        ticks = struct.unpack(">f" if len(length) == 4 else ">d", length)[0]
        found["duration"] = round(ticks * scale / 1_000_000_000)
    return found


def _elements(content: bytes, at: int, end: int) -> Iterator[tuple[int, bytes]]:
    """The elements of a WebM file that hold no others, up to the film itself."""
    while at + 2 <= end:
        key, at = _variable(content, at, marked=True)
        size, at = _variable(content, at, marked=False)
        if key in EBML_CONTAINERS:
            continue
        if key == 0x1F43B675:
            return
        yield key, content[at : at + size]
        at += size


def _variable(content: bytes, at: int, *, marked: bool) -> tuple[int, int]:
    """A number whose first byte tells its length; the mark of it belongs to keys only."""
    length = 9 - content[at].bit_length()
    value = int.from_bytes(content[at : at + length], "big")
    return value if marked else value & ~(1 << 7 * length), at + length


def _tgs(content: bytes) -> Json:
    try:
        unpacked = zlib.decompressobj(wbits=31).decompress(content, MOST_UNPACKED)
        drawing = json.loads(unpacked)
        return {"width": int(drawing["w"]), "height": int(drawing["h"])}
    except (zlib.error, KeyError, TypeError):
        return {}
