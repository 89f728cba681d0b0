"""The files that messages carry: uploaded now or sent before, checked, and described."""

import mimetypes

from bot.sandbox.addresses import BY_ADDRESS, stand_in
from bot.sandbox.errors import bad_request, too_large
from bot.sandbox.files import photo_sizes, picture_size, store
from bot.sandbox.request import Request, Upload
from bot.sandbox.world import Json, StoredFile

MAX_UPLOAD = 50 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
SHAPES: dict[str, Json] = {
    "video": {"duration": 1, "width": 320, "height": 240},
    "animation": {"duration": 1, "width": 320, "height": 240},
    "audio": {"duration": 1},
    "voice": {"duration": 1},
    "video_note": {"duration": 1, "length": 240},
    "live_photo": {"duration": 1, "width": 320, "height": 240},
    "sticker": {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    },
}
NAMED_KINDS = ("document", "video", "audio", "animation")
USUAL_MIMES = {
    "video": "video/mp4",
    "animation": "video/mp4",
    "audio": "audio/mpeg",
    "voice": "audio/ogg",
}
# What a bot may tell of a file it uploads.
NUMBERS = {
    "video": ("duration", "width", "height"),
    "animation": ("duration", "width", "height"),
    "audio": ("duration",),
    "voice": ("duration",),
    "video_note": ("duration", "length"),
}
TEXTS = {"audio": ("performer", "title"), "sticker": ("emoji",)}
WITH_THUMBNAIL = ("video", "animation", "audio", "video_note", "document")


def attached_file(ask: Request, named: str, kind: str, about: Request | None = None) -> StoredFile:
    """The file that `attach://<field>` uploads, one sent before, or one found at an address.

    What is told of it is in the call, or in the part of it that is `about` this file.
    """
    field = named.removeprefix("attach://")
    if upload := ask.files.get(field):
        return _described(about or ask, _stored(ask, upload, kind))
    if field != named:
        raise bad_request(f"there is no {kind} in the request")
    if named.startswith(BY_ADDRESS):
        return _described(about or ask, _stored(ask, stand_in(named, kind), kind))
    file = ask.sandbox.world.files.get(named)
    if file is None:
        raise bad_request("wrong remote file identifier specified: Wrong padding in the string")
    file = ask.sandbox.world.files[file.original or file.id]
    if file.kind != kind and (file.kind, kind) != ("video", "live_photo"):
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
    mime = mimetypes.guess_type(upload.name)[0] or upload.mime
    if mime == "application/octet-stream" or kind == "voice":
        mime = USUAL_MIMES.get(kind, mime)
    return store(ask.sandbox.world, Upload(upload.name, upload.content, mime), kind)


def _described(about: Request, file: StoredFile) -> StoredFile:
    """With what the bot says of its file, as Telegram believes it."""
    numbers = {name: about.integer(name) for name in NUMBERS.get(file.kind, ())}
    texts = {name: about.text(name) for name in TEXTS.get(file.kind, ())}
    file.details |= {name: value for name, value in (numbers | texts).items() if value}
    drawn = "thumbnail" in file.details
    if file.kind in WITH_THUMBNAIL and not drawn and (small := _thumbnail(about)):
        file.details["thumbnail"] = small
    return file


def _thumbnail(about: Request) -> Json:
    """A small picture for a file; one that is no picture is passed over."""
    name = "thumbnail" if about.has("thumbnail") or "thumbnail" in about.files else "thumb"
    upload = about.files.get(about.text(name).removeprefix("attach://") or name)
    if upload is None or picture_size(upload.content) is None:
        return {}
    sizes: list[Json] = shown_file(_stored(about, upload, "photo"), "photo")["photo"]
    return sizes[min(1, len(sizes) - 1)]


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
        return {"photo": photo_sizes(file)}
    named = {"file_name": file.name} if kind in NAMED_KINDS else {}
    typed = {} if kind in ("sticker", "video_note") else {"mime_type": file.mime}
    plain = {**named, **typed, **file.details}
    shown = {kind: {**SHAPES.get(kind, {}), **plain}}
    if kind != "animation":
        return shown
    document = {name: value for name, value in plain.items() if name not in NUMBERS[kind]}
    return {**shown, "document": document}
