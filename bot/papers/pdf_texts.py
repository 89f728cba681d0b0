"""The text of a PDF, read in a process of its own: what somebody made may take for ever to read.

Run as a script it reads a PDF from its input and writes JSON to its output.
"""

import io
import json
import logging
import subprocess
import sys
import warnings
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

MOST_BYTES = 8 * 1024 * 1024
MOST_PAGES = 40  # that are read; a call is described on the first ones
MOST_TEXT = 60_000  # characters
LEAST_TEXT = 40  # fewer letters on all pages together: they are pictures
SECONDS, MEMORY = 20, 768 * 1024 * 1024


class Fault(StrEnum):
    """Why a PDF cannot be read."""

    TOO_LARGE = "too_large"
    NO_PDF = "no_pdf"
    LOCKED = "locked"
    NO_TEXT = "no_text"  # scanned
    TOO_SLOW = "too_slow"
    DAMAGED = "damaged"


class Unreadable(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class Leaflet:
    """`pages` is how many it has, read or not."""

    text: str
    pages: int


def text_of(content: bytes) -> Leaflet:
    """Takes a while, `SECONDS` at most. Raises `Unreadable`."""
    if len(content) > MOST_BYTES:
        raise Unreadable(Fault.TOO_LARGE)
    if b"%PDF-" not in content[:1024]:
        raise Unreadable(Fault.NO_PDF)
    try:
        done = subprocess.run(  # noqa: S603 -- our own interpreter and this very file
            [sys.executable, "-I", str(Path(__file__).resolve())],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
        told = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise Unreadable(Fault.TOO_SLOW) from None
    except (subprocess.CalledProcessError, ValueError):
        raise Unreadable(Fault.DAMAGED) from None
    if "fault" in told:
        raise Unreadable(Fault(told["fault"]))
    return Leaflet(told["text"], told["pages"])


def _read(content: bytes) -> dict[str, object]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"fault": Fault.LOCKED}
        pages = len(reader.pages)
        parts = [reader.pages[number].extract_text() for number in range(min(pages, MOST_PAGES))]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {"fault": Fault.DAMAGED}
    text = "\n".join(parts)[:MOST_TEXT]
    if sum(sign.isalpha() for sign in text) < LEAST_TEXT:
        return {"fault": Fault.NO_TEXT}
    return {"text": text, "pages": pages}


def _limit() -> None:
    """As far as the system lets us."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable()
    _limit()
    sys.stdout.write(json.dumps(_read(sys.stdin.buffer.read())))
