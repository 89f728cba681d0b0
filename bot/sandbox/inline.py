"""Inline mode: somebody types the bot's name and a query in any chat, and picks an answer."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.sandbox.errors import bad_request
from bot.sandbox.inline_results import TYPES, content_of
from bot.sandbox.markup import inline_markup
from bot.sandbox.request import Request, method
from bot.sandbox.world import Bot, Chat, Json, User

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

ANSWERABLE_SECONDS = 30
PREPARED_SECONDS = 86_400
MAX_RESULTS = 50
MOST_QUERIES = 1_000
FIRST_QUERY_ID = 5_000_000_000_000_000_000
CHAT_TYPES = {"private": "sender"}
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass
class Answer:
    """One result as the bot described it, and the message it becomes."""

    result: Json
    content: Json
    markup: Json | None


@dataclass
class Query:
    id: str
    person_id: int
    bot_id: int
    text: str
    at: int
    answers: dict[str, Answer] = field(default_factory=dict)


def ask_inline(
    sandbox: "Sandbox", bot: Bot, person: User, chat: Chat, text: str, offset: str = ""
) -> Query:
    """Raises LookupError when the bot has no inline mode."""
    if not bot.inline:
        raise LookupError(f"{bot.first_name} has no inline mode")
    sandbox.last_press += 1
    query_id = str(FIRST_QUERY_ID + sandbox.last_press)
    query = Query(query_id, person.id, bot.id, text, sandbox.clock.timestamp)
    sandbox.inline_queries[query_id] = query
    if len(sandbox.inline_queries) > MOST_QUERIES:
        del sandbox.inline_queries[next(iter(sandbox.inline_queries))]
    told = {
        "id": query_id,
        "from": person.json,
        "query": text,
        "offset": offset,
        "chat_type": CHAT_TYPES.get(chat.type, chat.type),
    }
    sandbox.queue(bot).push("inline_query", f"user:{person.id}", told)
    return query


def tell_choice(
    sandbox: "Sandbox", bot: Bot, query: Query, result_id: str, inline_message_id: str
) -> None:
    """A bot that wants feedback hears which result was sent; with a keyboard it may edit it."""
    if not bot.inline_feedback:
        return
    told = {
        "result_id": result_id,
        "from": sandbox.world.actor(query.person_id),
        "query": query.text,
        **({"inline_message_id": inline_message_id} if inline_message_id else {}),
    }
    sandbox.queue(bot).push("chosen_inline_result", f"user:{query.person_id}", told)


@method
def answerInlineQuery(ask: Request) -> bool:
    results = _results(ask)
    button = _button(ask)
    query = ask.sandbox.inline_queries.get(ask.text("inline_query_id"))
    now = ask.sandbox.clock.timestamp
    if query is None or query.bot_id != ask.bot.id or now - query.at > ANSWERABLE_SECONDS:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    query.answers |= results
    ask.sandbox.events.publish(
        "inline",
        person_id=query.person_id,
        query_id=query.id,
        query=query.text,
        results=[answer.result for answer in results.values()],
        next_offset=ask.text("next_offset"),
        button=button,
    )
    return True


@method
def savePreparedInlineMessage(ask: Request) -> Json:
    given = ask.structure("result", "can't parse JSON encoded inline query result")
    if ask.integer("user_id") not in ask.sandbox.world.users:
        raise bad_request("invalid user_id specified")
    _answers(ask, [given])
    ask.sandbox.last_press += 1
    expires = ask.sandbox.clock.timestamp + PREPARED_SECONDS
    return {"id": f"sandbox{ask.sandbox.last_press}", "expiration_date": expires}


def _results(ask: Request) -> dict[str, Answer]:
    given = ask.structure("results", "can't parse JSON encoded inline query results")
    if not isinstance(given, list):
        raise bad_request("expected an Array of inline query results")
    if len(given) > MAX_RESULTS:
        raise bad_request("too many inline query results specified")
    return _answers(ask, given)


def _answers(ask: Request, given: list[Any]) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for result in given:
        number = _result_id(result)
        if number in answers:
            raise bad_request("RESULT_ID_DUPLICATE")
        part = Request(ask.sandbox, ask.bot, result)
        answers[number] = Answer(result, content_of(ask, result), inline_markup(part))
    return answers


def _result_id(result: Any) -> str:
    if not isinstance(result, dict):
        raise bad_request(
            "can't parse inline query result: expected an Object as inline query result"
        )
    kind, number = str(result.get("type", "")), str(result.get("id", ""))
    if kind not in TYPES:
        raise bad_request(f'type "{kind}" is unsupported for the inline query result')
    if not 1 <= len(number.encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    return number


def _button(ask: Request) -> Json | None:
    """What is offered above the results; older bots name it `switch_pm_…`."""
    given = ask.structure("button", "can't parse inline query results button JSON object")
    if given is None and ask.has("switch_pm_text"):
        given = {
            "text": ask.text("switch_pm_text"),
            "start_parameter": ask.text("switch_pm_parameter"),
        }
    if given is None:
        return None
    if not isinstance(given, dict):
        raise bad_request("InlineQueryResultsButton must be an Object")
    if not given.get("text"):
        raise bad_request("can't parse inline query results button: Can't find field \"text\"")
    if ("web_app" in given) == ("start_parameter" in given):
        raise bad_request("InlineQueryResultsButton must have exactly one optional field")
    start = given.get("start_parameter")
    if start is not None and not START_PARAMETER.fullmatch(str(start)):
        raise bad_request("START_PARAM_INVALID")
    return given
