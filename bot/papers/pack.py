"""Files in one archive with a manifest: the same files make the same archive, bit by bit."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

NO_DATE = (1980, 1, 1, 0, 0, 0)  # the first that an archive knows
MANIFEST = "manifest.json"
# Signs that some system forbids, and those that turn or hide others.
UNFIT = re.compile(r'[\x00-\x1f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+')
PACKED = (".jpg", ".jpeg", ".png", ".zip", ".xlsx", ".pptx", ".docx", ".pdf", ".mp4")
LONGEST_NAME = 80  # characters


@dataclass(frozen=True, slots=True)
class Missing:
    """A file that could not be had, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Pack:
    content: bytes
    sha256: str


def pack(
    files: Mapping[str, bytes], facts: Mapping[str, object], missing: Iterable[Missing] = ()
) -> Pack:
    """`files` by their paths in the archive; `facts` are told in the manifest."""
    listed = [
        {"path": path, "bytes": len(files[path]), "sha256": _seal(files[path])}
        for path in sorted(files)
    ]
    absent = [{"name": each.name, "why": each.why} for each in missing]
    manifest = {**facts, "files": listed, "missing": absent}
    told = json.dumps(manifest, ensure_ascii=False, indent=2).encode() + b"\n"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path, body in [(MANIFEST, told), *((path, files[path]) for path in sorted(files))]:
            archive.writestr(_entry(path), body)
    whole = content.getvalue()
    return Pack(whole, _seal(whole))


def safe_name(name: str, taken: Iterable[str] = ()) -> str:
    """A name of a file that every system takes, and that is not among those `taken`."""
    plain = " ".join(UNFIT.sub(" ", name).split()).strip(" .") or "file"
    stem, dot, ending = plain.rpartition(".")
    stem, ending = (stem, dot + ending[:10]) if stem else (plain, "")
    stem, others = stem[: LONGEST_NAME - len(ending)], {each.lower() for each in taken}
    found, number = stem + ending, 2
    while found.lower() in others:
        found, number = f"{stem} ({number}){ending}", number + 1
    return found


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, NO_DATE)
    entry.create_system = 3  # the same wherever it is made
    entry.external_attr = 0o644 << 16
    stored = path.lower().endswith(PACKED)
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    return entry


def _seal(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
