"""The chat page, read once and served from memory.

The index names every other file under the edition of them all, so a browser keeps those for good
and asks only whether its index is still the right one.
"""

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

PAGE = Path(__file__).parent / "page"
FOR_GOOD = "public, max-age=31536000, immutable"
KINDS = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".txt": "text/plain"}


@dataclass(frozen=True)
class Asset:
    content: bytes
    kind: str
    tag: str

    def answer(self, request: Request, keep: str = "no-cache") -> Response:
        headers = {"Cache-Control": keep, "ETag": self.tag}
        if self.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(self.content, media_type=self.kind, headers=headers)


class PageFiles:
    def __init__(self, folder: Path = PAGE) -> None:
        files = (path for path in folder.rglob("*") if path.is_file())
        contents = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
        self._edition = _fingerprint(b"".join(contents[name] for name in sorted(contents)))
        placed = contents["index.html"].replace(b'"/page/', f'"/page/{self._edition}/'.encode())
        contents["index.html"] = placed
        self._assets = {name: _asset(name, content) for name, content in contents.items()}

    @property
    def routes(self) -> list[Route]:
        return [Route("/", self.index), Route("/page/{name:path}", self.asset)]

    async def index(self, request: Request) -> Response:
        return self._assets["index.html"].answer(request)

    async def asset(self, request: Request) -> Response:
        path = request.path_params["name"]
        name = path.removeprefix(f"{self._edition}/")
        asset = self._assets.get(name)
        if asset is None:
            raise HTTPException(404)
        return asset.answer(request) if name == path else asset.answer(request, FOR_GOOD)


def _asset(name: str, content: bytes) -> Asset:
    kind = KINDS.get(Path(name).suffix) or mimetypes.guess_type(name)[0]
    tag = f'"{_fingerprint(content)}"'
    return Asset(content, kind or "application/octet-stream", tag)


def _fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:20]
