"""Button presses: a query comes to the bot, an answer goes back to the person who pressed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.request import Request, method

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

ANSWERABLE_SECONDS = 150
MAX_TOAST = 200
MOST_PRESSES = 10_000
FIRST_QUERY_ID = 4_000_000_000_000_000_000


@dataclass
class Press:
    """A press waiting for its answer."""

    id: str
    person_id: int
    bot_id: int
    at: int


def remember_press(sandbox: "Sandbox", person_id: int, bot_id: int) -> str:
    """The id under which this press can be answered; the oldest presses give way."""
    sandbox.last_press += 1
    query_id = str(FIRST_QUERY_ID + sandbox.last_press)
    sandbox.presses[query_id] = Press(query_id, person_id, bot_id, sandbox.clock.timestamp)
    if len(sandbox.presses) > MOST_PRESSES:
        del sandbox.presses[next(iter(sandbox.presses))]
    return query_id


@method
def answerCallbackQuery(ask: Request) -> bool:
    press = ask.sandbox.presses.get(ask.text("callback_query_id"))
    now = ask.sandbox.clock.timestamp
    if press is None or press.bot_id != ask.bot.id or now - press.at > ANSWERABLE_SECONDS:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text, url = ask.text("text"), ask.text("url")
    if len(text) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    if url and not url.startswith(("https://t.me/", "http://t.me/", "tg://")):
        raise bad_request("URL_INVALID")
    answer = {"text": text, "alert": ask.flag("show_alert"), "url": url}
    ask.sandbox.toasts[press.person_id] = answer
    told = {"person_id": press.person_id, "query_id": press.id, **answer}
    ask.sandbox.events.publish("toast", **told)
    return True
