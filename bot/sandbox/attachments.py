"""The files that messages carry: uploaded now or sent before, checked, and described."""

from bot.sandbox.errors import bad_request, too_large
from bot.sandbox.files import picture_size, store
from bot.sandbox.request import Request, Upload
from bot.sandbox.world import Json, StoredFile

MAX_UPLOAD = 50 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
PHOTO_STEPS = (90, 320, 800, 1280)
SHAPES: dict[str, Json] = {
    "video": {"duration": 1, "width": 320, "height": 240},
    "animation": {"duration": 1, "width": 320, "height": 240},
    "audio": {"duration": 1},
    "voice": {"duration": 1},
    "video_note": {"duration": 1, "length": 240},
    "sticker": {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    },
}
NAMED_KINDS = ("document", "video", "audio", "animation")


def attached_file(ask: Request, named: str, kind: str) -> StoredFile:
    """The file that `attach://<field>` uploads, or one sent before; addresses are refused."""
    field = named.removeprefix("attach://")
    if upload := ask.files.get(field):
        return _stored(ask, upload, kind)
    if field != named:
        raise bad_request(f"there is no {kind} in the request")
    if named.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = ask.sandbox.world.files.get(named)
    if file is None:
        raise bad_request("wrong remote file identifier specified: Wrong padding in the string")
    if file.kind != kind:
        raise bad_request(f"can't use file of type {_called(file.kind)} as {_called(kind)}")
    return file


def _called(kind: str) -> str:
    return kind.replace("_", " ").title().replace(" ", "")


def _stored(ask: Request, upload: Upload, kind: str) -> StoredFile:
    size = len(upload.content)
    if not size:
        raise bad_request("file must be non-empty")
    if size > MAX_UPLOAD:
        raise too_large(size)
    if kind == "photo":
        check_photo(upload)
    return store(ask.sandbox.world, upload, kind)


def check_photo(upload: Upload) -> None:
    if len(upload.content) > MAX_PHOTO:
        raise bad_request("file is too big")
    measured = picture_size(upload.content)
    if measured is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = measured
    if not width or not height or width + height > 10_000 or max(measured) > 20 * min(measured):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def shown_file(file: StoredFile, kind: str) -> Json:
    """The media fields of a message. An animation is a document, too."""
    if kind == "photo":
        return {"photo": _sizes(file)}
    named = {"file_name": file.name} if kind in NAMED_KINDS else {}
    typed = {} if kind in ("sticker", "video_note") else {"mime_type": file.mime}
    plain = {**named, **typed, **file.details}
    shown = {kind: {**plain, **SHAPES.get(kind, {})}}
    return {**shown, "document": plain} if kind == "animation" else shown


def _sizes(file: StoredFile) -> list[Json]:
    """Telegram keeps smaller copies of a photo; here they all lead to the same bytes."""
    width, height = picture_size(file.content) or (0, 0)
    longest = max(width, height)
    steps = [step for step in PHOTO_STEPS if step < longest]
    sides = [*steps, longest][-4:]
    return [
        {
            **file.details,
            "width": round(width * side / longest),
            "height": round(height * side / longest),
        }
        for side in sides
    ]
