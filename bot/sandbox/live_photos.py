"""What films bring besides themselves: the picture of a live photo, a cover, where to begin."""

from bot.sandbox.attachments import attached_file, shown_file
from bot.sandbox.files import photo_sizes
from bot.sandbox.request import Request
from bot.sandbox.world import Json

SHOWN = ("file_id", "file_unique_id", "file_size", "mime_type", "width", "height", "duration")


def live_photo(ask: Request, part: Request, named: str) -> Json:
    """The message fields of a film that is shown as a picture until it is played."""
    picture = part.text("photo") or "attach://photo"
    film = shown_file(attached_file(ask, named, "live_photo", part), "live_photo")["live_photo"]
    sizes = photo_sizes(attached_file(ask, picture, "photo"))
    shown = {name: film[name] for name in SHOWN if name in film}
    return {"live_photo": {**shown, "photo": sizes}, "photo": sizes}


def film_options(ask: Request, part: Request) -> Json:
    start = part.integer("start_timestamp")
    options: Json = {"start_timestamp": start} if start > 0 else {}
    if part.has("cover"):
        options["cover"] = photo_sizes(attached_file(ask, part.text("cover"), "photo"))
    return options
