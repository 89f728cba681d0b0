"""Pictures of bots and people: a bot may choose its own; people are drawn by their initials."""

from bot.sandbox.attachments import attached_file, shown_file
from bot.sandbox.errors import bad_request
from bot.sandbox.holdings import somebody
from bot.sandbox.request import Request, method
from bot.sandbox.world import Json

MOST_AT_ONCE = 100


@method
def getUserProfilePhotos(ask: Request) -> Json:
    bot = ask.sandbox.world.bot_by_id(somebody(ask))
    portraits = bot.profile.portraits if bot else []
    start = max(0, ask.integer("offset"))
    limit = min(max(ask.integer("limit") or MOST_AT_ONCE, 1), MOST_AT_ONCE)
    files = [ask.sandbox.world.files[one] for one in portraits[start : start + limit]]
    shown = [shown_file(file, "photo")["photo"] for file in files]
    return {"total_count": len(portraits), "photos": shown}


@method
def setMyProfilePhoto(ask: Request) -> bool:
    given = ask.structure("photo", "can't parse input profile photo JSON object")
    if not isinstance(given, dict):
        raise bad_request("there is no photo in the request")
    if given.get("type") != "static":
        raise bad_request("unsupported profile photo type specified")
    named = str(given.get("photo", ""))
    if not named.startswith("attach://"):
        raise bad_request("profile photo can't be reused and can be uploaded only as a new file")
    file = attached_file(ask, named, "photo")
    ask.bot.profile.portraits.insert(0, file.id)
    return True


@method
def removeMyProfilePhoto(ask: Request) -> bool:
    """The one before, if any, is shown again."""
    del ask.bot.profile.portraits[:1]
    return True
