"""Stars, gifts, boosts, music, a chat of one's own: bots may ask, but nobody here has any."""

from bot.sandbox.chats import chat_of
from bot.sandbox.errors import bad_request
from bot.sandbox.request import Request, method
from bot.sandbox.world import Json


@method
def getMyStarBalance(ask: Request) -> Json:
    return {"amount": 0}


@method
def getStarTransactions(ask: Request) -> Json:
    return {"transactions": []}


@method
def getAvailableGifts(ask: Request) -> Json:
    return {"gifts": []}


@method
def getUserGifts(ask: Request) -> Json:
    somebody(ask)
    return {"total_count": 0, "gifts": []}


@method
def getChatGifts(ask: Request) -> Json:
    chat_of(ask)
    return {"total_count": 0, "gifts": []}


@method
def getUserChatBoosts(ask: Request) -> Json:
    chat_of(ask)
    somebody(ask)
    return {"boosts": []}


@method
def getUserProfileAudios(ask: Request) -> Json:
    somebody(ask)
    return {"total_count": 0, "audios": []}


@method
def getUserPersonalChatMessages(ask: Request) -> list[Json]:
    somebody(ask)
    if not 1 <= ask.integer("limit") <= 20:
        raise bad_request("limit must be between 1 and 20")
    return []


def somebody(ask: Request) -> int:
    """A person or a bot whom the call names."""
    number = ask.integer("user_id")
    if number <= 0:
        raise bad_request("invalid user_id specified")
    world = ask.sandbox.world
    if number not in world.users and world.bot_by_id(number) is None:
        raise bad_request("user not found")
    return number
