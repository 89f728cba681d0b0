"""Bot API parameters off the wire: query string, JSON, form or multipart, as bots send them."""

import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request as HttpRequest
from starlette.types import Receive, Scope

from bot.sandbox.attachments import MAX_UPLOAD
from bot.sandbox.errors import bad_request, too_large
from bot.sandbox.request import Upload
from bot.sandbox.world import Json

MAX_BODY = MAX_UPLOAD + 64 * 1024
MULTIPART = b"multipart/form-data"
MAX_FIELD = 4 * 1024 * 1024


async def parameters(scope: Scope, receive: Receive) -> tuple[Json, dict[str, Upload]]:
    headers = dict(scope["headers"])
    if int(headers.get(b"content-length", b"0") or 0) > MAX_BODY:
        raise too_large(int(headers[b"content-length"]))
    kind = headers.get(b"content-type", b"")
    if kind.startswith(MULTIPART):
        fields, files = await _multipart(scope, receive)
        return {**_pairs(scope["query_string"]), **fields}, files
    return flat_parameters(scope["query_string"], kind, await whole_body(receive)), {}


def flat_parameters(query: bytes, kind: bytes, body: bytes) -> Json:
    """The parameters of a call without files, from its query string and body."""
    params = _pairs(query)
    if not body:
        return params
    is_json = kind.partition(b";")[0].strip().lower() == b"application/json"
    return {**params, **(_json_object(body) if is_json else _pairs(body))}


async def whole_body(receive: Receive) -> bytes:
    event = await receive()
    body: bytes = event.get("body", b"")
    if not event.get("more_body"):
        return body
    pieces, length = [body], len(body)
    while event.get("more_body"):
        event = await receive()
        pieces.append(event.get("body", b""))
        length += len(pieces[-1])
        if length > MAX_BODY:
            raise too_large(length)
    return b"".join(pieces)


def _pairs(text: bytes) -> dict[str, Any]:
    if not text:
        return {}
    try:
        return dict(parse_qsl(text.decode(), keep_blank_values=True))
    except ValueError:
        raise bad_request("strings must be encoded in UTF-8") from None


def _json_object(body: bytes) -> Json:
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        raise bad_request("can't parse JSON object") from None
    if not isinstance(parsed, dict):
        raise bad_request("JSON object expected")
    return parsed


async def _multipart(scope: Scope, receive: Receive) -> tuple[Json, dict[str, Upload]]:
    request = HttpRequest(scope, receive)
    parser = MultiPartParser(request.headers, request.stream(), max_part_size=MAX_FIELD)
    parser.spool_max_size = MAX_BODY
    params: Json = {}
    files: dict[str, Upload] = {}
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError):
        raise bad_request("unexpected end of request content") from None
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            files[name] = await received(value)
        else:
            params[name] = value
    return params, files


async def received(file: UploadFile) -> Upload:
    content = await file.read()
    await file.close()
    name = (file.filename or "file").replace("\\", "/").rpartition("/")[2]
    return Upload(name, content, file.content_type or "application/octet-stream")
