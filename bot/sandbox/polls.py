"""Polls: sending and stopping them."""

from typing import Any

from bot.sandbox.chats import writable_chat
from bot.sandbox.errors import bad_request
from bot.sandbox.formatting import formatted, text_fields
from bot.sandbox.markup import inline_markup, reply_markup
from bot.sandbox.messages import send
from bot.sandbox.poll_media import option_media, poll_media
from bot.sandbox.request import Request, method
from bot.sandbox.voting import change_poll, watch_poll
from bot.sandbox.world import Json

MAX_QUESTION = 300
MAX_OPTION = 100
MAX_OPTIONS = 12
MAX_DESCRIPTION = 1024
SHORTEST, LONGEST = 5, 2_628_000


@method
def sendPoll(ask: Request) -> Json:
    poll = _poll(ask)
    markup = reply_markup(ask)
    chat = writable_chat(ask)
    if chat.type == "channel" and not poll["is_anonymous"]:
        raise bad_request("non-anonymous polls can't be sent to channel chats")
    poll["id"] = str(chat.id * 1_000_003 + chat.last_message_id + 1).removeprefix("-")
    body = send(ask, chat, {"poll": poll}, markup)
    watch_poll(ask.sandbox, chat, chat.messages[body["message_id"]])
    return body


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
    kept = {name: message.body[name] for name in message.body if name != "reply_markup"}
    message.body = {**kept, **({"reply_markup": markup} if markup else {})}
    return change_poll(ask.sandbox, chat, message, {"is_closed": True})


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
        "is_anonymous": _flag(ask, "is_anonymous", default=True),
        "type": kind,
        "allows_multiple_answers": ask.flag("allows_multiple_answers"),
        "allows_revoting": _flag(ask, "allows_revoting", default=kind == "regular"),
        "members_only": ask.flag("members_only"),
        **_ending(ask),
        **_description(ask),
        **poll_media(ask, "media"),
    }
    return {**poll, **_quiz(ask, len(options))} if kind == "quiz" else poll


def _flag(ask: Request, name: str, *, default: bool) -> bool:
    return ask.flag(name) if ask.has(name) else default


def _description(ask: Request) -> Json:
    units, entities = formatted(
        ask, "description", "description_entities", "description_parse_mode"
    )
    said = text_fields(ask, units, entities, "description", "description_entities")
    if len(said.get("description", "")) > MAX_DESCRIPTION:
        raise bad_request(f"poll description length must not exceed {MAX_DESCRIPTION}")
    return said


def _ending(ask: Request) -> Json:
    """A poll may end after some seconds or at a moment; what does not fit is ignored."""
    now = ask.sandbox.clock.timestamp
    period = ask.integer("open_period") or max(0, ask.integer("close_date") - now)
    if not SHORTEST <= period <= LONGEST:
        return {}
    return {"open_period": period, "close_date": now + period}


def _options(ask: Request) -> list[Json]:
    given = ask.structure("options", "can't parse options JSON object")
    if not isinstance(given, list):
        raise bad_request("expected an Array of String as options")
    options = [
        {"persistent_id": str(place), **_option(ask, item)} for place, item in enumerate(given)
    ]
    if not options:
        raise bad_request("poll must have at least one answer option")
    if len(options) > MAX_OPTIONS:
        raise bad_request(f"poll can't have more than {MAX_OPTIONS} options")
    return options


def _option(ask: Request, item: Any) -> Json:
    described = item if isinstance(item, dict) else {"text": item}
    part = Request(ask.sandbox, ask.bot, described, ask.files)
    units, entities = formatted(part, "text", "text_entities", "text_parse_mode")
    option = text_fields(part, units, entities, "text", "text_entities")
    if not option:
        raise bad_request("poll option must be non-empty")
    if len(option["text"]) > MAX_OPTION:
        raise bad_request(f"poll options length must not exceed {MAX_OPTION}")
    return {**option, **option_media(part, item), "voter_count": 0}


def _quiz(ask: Request, options: int) -> Json:
    correct = _correct(ask)
    if not correct:
        raise bad_request("correct quiz option list must be non-empty")
    if not all(isinstance(place, int) and 0 <= place < options for place in correct):
        raise bad_request("wrong quiz correct_option_id")
    units, entities = formatted(
        ask, "explanation", "explanation_entities", "explanation_parse_mode"
    )
    explanation = text_fields(ask, units, entities, "explanation", "explanation_entities")
    return {"correct_option_ids": correct, **explanation, **poll_media(ask, "explanation_media")}


def _correct(ask: Request) -> list[Any]:
    """The right answers; bots of the time when there could be one only say it alone."""
    given = ask.structure("correct_option_ids", "can't parse correct option identifiers")
    if isinstance(given, list):
        return given
    return [ask.integer("correct_option_id")] if ask.has("correct_option_id") else []
