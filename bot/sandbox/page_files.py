"""The chat page, read once and served from memory; browsers ask whether theirs is still good."""

import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

PAGE = Path(__file__).parent / "page"
KINDS = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".txt": "text/plain"}


@dataclass(frozen=True)
class Asset:
    content: bytes
    kind: str
    tag: str

    def answer(self, request: Request) -> Response:
        headers = {"Cache-Control": "no-cache", "ETag": self.tag}
        if self.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(self.content, media_type=self.kind, headers=headers)


class PageFiles:
    def __init__(self, folder: Path = PAGE) -> None:
        files = (path for path in folder.rglob("*") if path.is_file())
        self._assets = {path.relative_to(folder).as_posix(): _asset(path) for path in files}

    @property
    def routes(self) -> list[Route]:
        return [Route("/", self.index), Route("/page/{name:path}", self.asset)]

    async def index(self, request: Request) -> Response:
        return self._assets["index.html"].answer(request)

    async def asset(self, request: Request) -> Response:
        asset = self._assets.get(request.path_params["name"])
        if asset is None:
            raise HTTPException(404)
        return asset.answer(request)


def _asset(path: Path) -> Asset:
    content = path.read_bytes()
    kind = KINDS.get(path.suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    return Asset(content, kind, f'"{hashlib.sha256(content).hexdigest()[:20]}"')
