"""Games: sent by a short name, with scores kept by message. Every name is that of some game."""

from bot.sandbox.attachments import shown_file
from bot.sandbox.chats import chat_of, writable_chat
from bot.sandbox.edits import editable
from bot.sandbox.errors import bad_request
from bot.sandbox.files import store
from bot.sandbox.inline_ids import inline_message
from bot.sandbox.markup import inline_markup
from bot.sandbox.messages import as_people_see, send
from bot.sandbox.pictures import plain_png
from bot.sandbox.request import Request, Upload, method
from bot.sandbox.world import Json, Message

MOST_SCORES = 20


@method
def sendGame(ask: Request) -> Json:
    name = ask.text("game_short_name").strip()
    markup = inline_markup(ask)
    chat = writable_chat(ask)
    if not name:
        raise bad_request("game short name must be non-empty")
    if chat.type == "channel":
        raise bad_request("games can't be sent to channel chats")
    title = name.replace("_", " ").capitalize()
    picture = store(ask.sandbox.world, Upload(f"{name}.png", plain_png(name)), "photo")
    game = {"title": title, "description": title, **shown_file(picture, "photo")}
    play = {"inline_keyboard": [[{"text": f"Play {title}", "callback_game": {}}]]}
    return send(ask, chat, {"game": game}, markup or play)


@method
def setGameScore(ask: Request) -> Json | bool:
    player, score = _player(ask), ask.integer("score")
    chat, message = editable(ask)
    if "game" not in message.body:
        raise bad_request("message can't be edited")
    best = message.scores.get(player, 0)
    if score < 0 or (score <= best and not ask.flag("force")) or score == best:
        raise bad_request("BOT_SCORE_NOT_MODIFIED")
    message.scores[player] = score
    if not ask.flag("disable_edit_message"):
        told = as_people_see(message)
        ask.sandbox.events.publish("edited", chat_id=chat.id, message=told)
    return True if ask.has("inline_message_id") else message.body


@method
def getGameHighScores(ask: Request) -> list[Json]:
    player = _player(ask)
    message = _looked_at(ask)
    if "game" not in message.body:
        raise bad_request("MESSAGE_ID_INVALID")
    ranked = sorted(message.scores.items(), key=lambda entry: -entry[1])[:MOST_SCORES]
    actor = ask.sandbox.world.actor
    table = [
        {"position": place, "user": actor(number), "score": score}
        for place, (number, score) in enumerate(ranked, 1)
    ]
    near = next((place for place, entry in enumerate(ranked) if entry[0] == player), None)
    return table if near is None else table[max(0, near - 2) : near + 3]


def _player(ask: Request) -> int:
    number = ask.integer("user_id")
    if number <= 0:
        raise bad_request("invalid user_id specified")
    if number not in ask.sandbox.world.users:
        raise bad_request("user not found")
    return number


def _looked_at(ask: Request) -> Message:
    if ask.has("inline_message_id"):
        found = inline_message(ask.sandbox.world, ask.text("inline_message_id"))
        if found is None:
            raise bad_request("MESSAGE_ID_INVALID")
        return found[1]
    message = chat_of(ask).messages.get(ask.integer("message_id"))
    if message is None:
        raise bad_request("message to get game high scores not found")
    return message
