"""Polls: sending them, voting in them, stopping them."""

from typing import Any

from bot.sandbox.chats import writable_chat
from bot.sandbox.errors import bad_request
from bot.sandbox.formatting import formatted, text_fields
from bot.sandbox.markup import inline_markup, reply_markup
from bot.sandbox.messages import as_people_see, send
from bot.sandbox.request import Request, method
from bot.sandbox.world import Json

MAX_QUESTION = 300
MAX_OPTION = 100
MAX_OPTIONS = 12


@method
def sendPoll(ask: Request) -> Json:
    poll = _poll(ask)
    markup = reply_markup(ask)
    chat = writable_chat(ask)
    if chat.type == "channel" and not poll["is_anonymous"]:
        raise bad_request("non-anonymous polls can't be sent to channel chats")
    poll["id"] = str(chat.id * 1_000_003 + chat.last_message_id + 1).removeprefix("-")
    return send(ask, chat, {"poll": poll}, markup)


@method
def stopPoll(ask: Request) -> Json:
    markup = inline_markup(ask)
    chat = writable_chat(ask)
    message = chat.messages.get(ask.integer("message_id"))
    if message is None:
        raise bad_request("message with poll to stop not found")
    if "poll" not in message.body:
        raise bad_request("message is not a poll")
    if message.author != ask.bot.id:
        raise bad_request("poll can't be stopped")
    if message.body["poll"]["is_closed"]:
        raise bad_request("poll has already been closed")
    poll = {**message.body["poll"], "is_closed": True}
    kept = {name: message.body[name] for name in message.body if name != "reply_markup"}
    message.body = {**kept, "poll": poll, **({"reply_markup": markup} if markup else {})}
    ask.sandbox.events.publish("edited", chat_id=chat.id, message=as_people_see(message))
    return poll


def _poll(ask: Request) -> Json:
    units, entities = formatted(ask, "question", "question_entities", "question_parse_mode")
    question = text_fields(ask, units, entities, "question", "question_entities")
    if not question:
        raise bad_request("poll question must be non-empty")
    if len(question["question"]) > MAX_QUESTION:
        raise bad_request(f"poll question length must not exceed {MAX_QUESTION}")
    kind = ask.text("type") or "regular"
    if kind not in ("regular", "quiz"):
        raise bad_request("unsupported poll type specified")
    options = _options(ask)
    poll = {
        "id": "",
        **question,
        "options": options,
        "total_voter_count": 0,
        "is_closed": ask.flag("is_closed"),
        "is_anonymous": ask.flag("is_anonymous") if ask.has("is_anonymous") else True,
        "type": kind,
        "allows_multiple_answers": ask.flag("allows_multiple_answers"),
    }
    return {**poll, **_quiz(ask, len(options))} if kind == "quiz" else poll


def _options(ask: Request) -> list[Json]:
    given = ask.structure("options", "can't parse options JSON object")
    if not isinstance(given, list):
        raise bad_request("expected an Array of String as options")
    options = [_option(ask, item) for item in given]
    if not options:
        raise bad_request("poll must have at least one answer option")
    if len(options) > MAX_OPTIONS:
        raise bad_request(f"poll can't have more than {MAX_OPTIONS} options")
    return options


def _option(ask: Request, item: Any) -> Json:
    part = Request(ask.sandbox, ask.bot, item if isinstance(item, dict) else {"text": item})
    units, entities = formatted(part, "text", "text_entities", "text_parse_mode")
    option = text_fields(part, units, entities, "text", "text_entities")
    if not option:
        raise bad_request("poll option must be non-empty")
    if len(option["text"]) > MAX_OPTION:
        raise bad_request(f"poll options length must not exceed {MAX_OPTION}")
    return {**option, "voter_count": 0}


def _quiz(ask: Request, options: int) -> Json:
    if not ask.has("correct_option_id"):
        raise bad_request("correct quiz option list must be non-empty")
    correct = ask.integer("correct_option_id")
    if not 0 <= correct < options:
        raise bad_request("wrong quiz correct_option_id")
    explanation = ask.text("explanation")
    return {"correct_option_id": correct, **({"explanation": explanation} if explanation else {})}
