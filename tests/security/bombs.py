"""Files and answers that are made to hurt whoever reads them.

Run as a module it reads each of them under a limit of memory and tells, a line of JSON each, what
came of it, how long it took, and how much memory the process has had at most.
"""

import gzip
import io
import json
import resource
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.domain.calls import found
from bot.papers import grids, pdf_texts
from bot.sources import adapters, handed
from bot.sources.addresses import Refused
from bot.sources.packing import Taking
from tests.calls.answers import NOW, answer
from tests.stories.equipment import HEAD, xlsx

MEMORY = 1536 * 2**20  # bytes that the reading process may take at all
DEEP, WIDE = 10**6, 10**7
SHEET = "xl/worksheets/sheet1.xml"
BOOK = xlsx(HEAD, ("Laser", "lasery", "", "", ""))
COLUMNS = {"columns": {"title": "Název", "reference": "Název", "link": "Obor"}}
Read = Callable[[bytes], object]
Bomb = tuple[str, Read, bytes]

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol" * 10}">' for n in range(10))
SQUARE = f'<!ENTITY a "{"a" * 10**5}">'
ENTITIES = {
    "billion laughs": (f"<!DOCTYPE x [{LAUGHS}]>", "&l9;"),
    "quadratic blow-up": (f"<!DOCTYPE x [{SQUARE}]>", "&a;" * 10**5),
    "a file of this machine": ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;"),
    "an address inside": ('<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/">]>', "&a;"),
    "entities from outside": (
        '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;]>',
        "&b;",
    ),
    "an entity of itself": ('<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', "&a;"),
}


def archive(method: int = zipfile.ZIP_DEFLATED, **parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as packed:
        for name, body in parts.items():
            packed.writestr(name.replace("__", "/"), body)
    return content.getvalue()


def with_parts(*parts: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A good workbook with these parts in the place of its own, or beside them."""
    content, new = io.BytesIO(), dict(parts)
    with (
        zipfile.ZipFile(io.BytesIO(BOOK)) as old,
        zipfile.ZipFile(content, "w", method) as book,
    ):
        for info in old.infolist():
            if info.filename not in new:
                book.writestr(info.filename, old.read(info))
        for name, body in parts:
            book.writestr(name, body)
    return content.getvalue()


def lying_about_size(size: int) -> bytes:
    """The directory says that a part is small; it is not."""
    book = bytearray(with_parts(("xl/media/a.bin", bytes(30 * 2**20))))
    place = book.rindex(b"xl/media/a.bin")
    struct.pack_into("<I", book, place - 46 + 24, size)
    return bytes(book)


def nested_archives(depth: int) -> bytes:
    inner = archive(a=bytes(10**6))
    for _ in range(depth):
        inner = archive(a=inner)
    return with_parts(("xl/media/a.zip", inner))


def sheet(body: str) -> bytes:
    return with_parts((SHEET, f"<worksheet>{body}</worksheet>".encode()))


def png(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(10**6))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def equipment(content: bytes, name: str = "a.xlsx") -> object:
    return grids.read(name, content)


def as_json(content: bytes) -> object:
    return grids.read("a.json", content)


def source(form: str, kind: str = "") -> Read:
    settings = COLUMNS if form == "sheet" else {}
    return lambda body: adapters.read(form, answer(body, kind), settings, NOW)


def page(body: bytes) -> object:
    headers = {"content-type": "text/html"}
    return handed.of_page(body, headers, "https://www.example.org/", NOW, "Europe/Prague")


def unpacking(encoding: str) -> Read:
    def read(body: bytes) -> object:
        taking = Taking(encoding, 8 * 2**20)
        for start in range(0, len(body), 2**16):
            taking.feed(body[start : start + 2**16])
        return taking.whole()

    return read


def of_archives() -> Iterator[Bomb]:
    for name, read in (("equipment", equipment), ("a source's sheet", source("sheet"))):
        yield f"{name}: huge ratio", read, with_parts(("xl/media/a.bin", bytes(300 * 2**20)))
        yield f"{name}: many parts", read, with_parts(*((f"xl/{n}", b"") for n in range(5000)))
        yield f"{name}: parts of one name", read, _twice(SHEET)
        yield f"{name}: lies about its size", read, lying_about_size(10)
        yield f"{name}: archives in archives", read, nested_archives(20)
        yield (
            f"{name}: a picture of 40 000 × 40 000",
            read,
            with_parts(("xl/media/a.png", png(40_000, 40_000))),
        )
        yield (
            f"{name}: names that climb",
            read,
            with_parts(("../../../tmp/climbed", b"x"), ("/tmp/climbed", b"x")),
        )
        yield (
            f"{name}: far corners",
            read,
            sheet("<sheetData><row><c r='A1'/><c r='XFD1048576'/></row></sheetData>"),
        )
        yield f"{name}: a million levels", read, sheet("<a>" * DEEP)
        yield f"{name}: one endless attribute", read, sheet(f"<a b='{'x' * WIDE}'/>")
        for way, (head, body) in ENTITIES.items():
            part = f"{head}<worksheet>{body}</worksheet>".encode()
            yield f"{name}: {way}", read, with_parts((SHEET, part))
    yield "equipment: torn", equipment, BOOK[: len(BOOK) // 2]
    yield "equipment: behind a password", equipment, b"\xd0\xcf\x11\xe0" + bytes(10**6)
    yield "equipment: bytes without end", equipment, bytes(10 * 2**20)


def _twice(name: str) -> bytes:
    content = io.BytesIO(BOOK)
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as book:
        body = book.read(name)
        other = name[:-1] + "!"  # renamed below, so that nobody warns of it
        book.writestr(other, body)
    return content.getvalue().replace(other.encode(), name.encode())


def of_texts() -> Iterator[Bomb]:
    rss, html = "application/rss+xml", "text/html"
    for way, (head, body) in ENTITIES.items():
        feed = f"{head}<rss><channel><item><title>{body}</title><link>https://a.example/</link></item></channel></rss>"
        yield f"a feed: {way}", source("feed", rss), feed.encode()
    yield "a feed: a million levels", source("feed", rss), b"<rss>" + b"<a>" * DEEP
    yield (
        "a feed: items without end",
        source("feed", rss),
        b"<rss><channel>" + b"<item><title>a</title></item>" * 200_000,
    )
    item = b"<rss><channel><item><title>a</title><description>%b</description></item>"
    yield (
        "a feed: a million tags in HTML",
        source("feed", rss),
        item % (b"<![CDATA[" + b"<b>" * DEEP + b"]]>"),
    )
    yield "a feed: HTML that never ends", source("feed", rss), item % (b"<![CDATA[" * (DEEP // 2))
    yield "a feed: comments before it", source("feed", rss), b"<!--a-->" * 300 + item % b""
    yield "a page: a tag that never ends", page, b"<b>" * 3000 + b"<" + b"a" * (8 * 2**20)
    yield "a page: a million levels", page, b"<html><body>" + b"<div>" * DEEP
    yield "a page: a million levels of tables", page, b"<table><tr><td>" * (DEEP // 3)
    yield "a page of calls: a million levels", source("page", html), b"<ul><li>" * (DEEP // 2)
    yield "a page: one endless word", page, b"<p>" + b"a" * WIDE
    yield "JSON: a million levels", as_json, b"[" * DEEP
    yield "JSON: a number without end", as_json, b'[{"a": ' + b"9" * 10**6 + b"}]"
    yield "a portal's JSON: a million levels", source("sedia"), b'{"results":' * (DEEP // 10)
    yield "CSV: one line of ten million cells", equipment, b";" * (8 * 2**20)
    yield "CSV: a quote that never ends", equipment, b'"' + b"a;" * (4 * 2**20)


def of_packed_answers() -> Iterator[Bomb]:
    zeros = bytes(64 * 2**20)
    yield "packed: gzip", unpacking("gzip"), gzip.compress(zeros)
    yield "packed: gzip in gzip", unpacking("gzip"), gzip.compress(gzip.compress(zeros * 4))
    yield "packed: deflate", unpacking("deflate"), zlib.compress(zeros)
    yield "packed: many gzips in a row", unpacking("gzip"), gzip.compress(bytes(2**20)) * 100


def of_papers() -> Iterator[Bomb]:
    swollen = zlib.compress(bytes(400 * 2**20), 9)
    stream = b"4 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream\nendobj\n"
    pages = (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>\nendobj\n"
    )
    end = b"trailer\n<< /Root 1 0 R >>\n%%EOF"
    yield "a PDF that swells", pdf_texts.text_of, pages + stream % (len(swollen), swollen) + end
    ring = pages.replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
    yield "a PDF whose pages are a ring", pdf_texts.text_of, ring + end
    yield "a PDF of brackets", pdf_texts.text_of, b"%PDF-1.4\n1 0 obj\n" + b"[" * DEEP + end


def bombs(*, all_of_them: bool = True) -> Iterator[Bomb]:
    """Some of them take seconds to be made or to be refused."""
    yield from of_packed_answers()
    yield from of_archives()
    if all_of_them:
        yield from of_texts()
        yield from of_papers()


def outcome(read: Read, content: bytes) -> str:
    refusals = (grids.Unreadable, found.Unreadable, pdf_texts.Unreadable)
    try:
        read(content)
    except (*refusals, Refused):
        return "refused"
    except BaseException as error:  # whatever it is, it has to be told
        return f"{type(error).__name__}: {error}"[:200]
    return "read"


def most_memory() -> int:
    """Megabytes, of this program alone: `ru_maxrss` goes on from whoever has started it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for name, read, content in bombs(all_of_them="short" not in sys.argv):
        began = time.monotonic()
        came = outcome(read, content)
        taken = most_memory()
        said = {"name": name, "outcome": came, "seconds": round(time.monotonic() - began, 2)}
        sys.stdout.write(json.dumps({**said, "megabytes": taken}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
