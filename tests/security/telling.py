"""Every line that the house logs, told again and again with secrets in all that it is told of.

Run as a module, with how many lines to write, it tells in JSON how many showed a secret.
"""

import ast
import io
import json
import logging
import sys
from collections.abc import Iterator
from itertools import cycle
from random import Random
from typing import Any

import structlog

from bot import logs
from bot.config import Config, Storage, Telegram
from tests.house.sources import files, named, tree

TOKEN = "7000001:AAH-this_is_the_token_of_the_bot_0123456789"
WEBHOOK = "webhook-secret-of-forty-letters-or-so-1234"
KEY = "seals-the-audit-0123456789"
PASSWORD = "p%40ss-of:the-database"
INVITATION = "Zb3qX9_invitation-0123456789-abcdefghijklmn"
TICKET = "k7Jq_ticket-code-22let"
CALENDAR = "cal-ENDAR_0123456789-abcdefghijklmnopqrstuv"
SHOWN = (
    "AAH-this_is_the_token",
    "webhook-secret",
    "seals-the-audit",
    "ss-of:the",
    "Zb3qX9_inv",
    "k7Jq_ticket",
    "cal-ENDAR",
)
WAYS = (
    f"https://api.telegram.org/bot{TOKEN}/sendMessage",
    TOKEN,
    f"postgresql+asyncpg://paprsek:{PASSWORD}@db.example.org:5432/paprsek",
    "the password is p@ss-of:the-database",
    f"X-Telegram-Bot-Api-Secret-Token: {WEBHOOK}",
    f"audit_key={KEY}",
    f"https://t.me/paprsek_bot?start=i{INVITATION}",
    f"https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fpaprsek_bot%3Fstart%3Di{INVITATION}",
    json.dumps({"text": f"/start i{INVITATION}", "data": f"inv.qr:{INVITATION}"}),
    f"/start c{TICKET} was scanned",
    f"https://bot.example.org/calendar/{CALENDAR}.ics",
    f"https://bot.example.org/door/12-{TICKET}",
)
OTHERS = ("telegram.ext", "sqlalchemy.engine", "aiohttp.client", "asyncio", "uvicorn.error")
LEVELS = ("debug", "info", "warning", "error", "exception", "critical")


class Sink(io.TextIOBase):
    """Reads along instead of keeping anything."""

    def __init__(self) -> None:
        self.lines, self.showing, self.first = 0, 0, ""

    def write(self, text: str) -> int:
        self.lines += text.count("\n")
        if any(secret in text for secret in SHOWN):
            self.showing += 1
            self.first = self.first or text
        return len(text)


def calls() -> Iterator[tuple[str, str, str, list[str]]]:
    """Where something is logged, how, in which words, and what is told beside them."""
    for folder in ("bot", "handlers", "storage"):
        for path in files(folder):
            speaks = "= structlog.get_logger" in path.read_text(encoding="utf-8")
            for node in ast.walk(tree(path)) if speaks else ():
                match node:
                    case ast.Call(
                        func=ast.Attribute(value=ast.Name(id="log"), attr=level),
                        args=[ast.Constant(value=str(words)), *_],
                        keywords=told,
                    ) if level in LEVELS:
                        yield named(path), level, words, [each.arg or "all" for each in told]


class Trouble(Exception):
    pass


def raised(random: Random) -> Trouble:
    """With a secret in itself, in its cause and in what happened before."""
    try:
        try:
            try:
                raise OSError(random.choice(WAYS))
            except OSError:
                raise ValueError(random.choice(WAYS), {"url": random.choice(WAYS)}) from None
        except ValueError as cause:
            raise Trouble(random.choice(WAYS)) from cause
    except Trouble as trouble:
        trouble.add_note(random.choice(WAYS))
        return trouble


def tell(where: str, level: str, words: str, told: list[str], random: Random) -> None:
    values: dict[str, Any] = {name: random.choice(WAYS) for name in told}
    values["url"] = {"in": [random.choice(WAYS)]}
    values["exc_info"] = raised(random)
    getattr(structlog.get_logger(where), level)(f"{words} {random.choice(WAYS)}", **values)
    other = logging.getLogger(random.choice(OTHERS))
    other.error(
        "%s and %r", random.choice(WAYS), {"a": random.choice(WAYS)}, exc_info=raised(random)
    )


def main(lines: int, seed: int) -> dict[str, Any]:
    telegram = Telegram(token=TOKEN, webhook_secret=WEBHOOK)  # type: ignore[arg-type]
    url = f"postgresql://paprsek:{PASSWORD}@db.example.org/paprsek"
    config = Config(telegram=telegram, storage=Storage(url=url, audit_key=KEY))  # type: ignore[arg-type]
    sites, random, kept = list(calls()), Random(seed), sys.stderr
    shown, first, written = 0, "", 0
    for form, share in (("human", 0.8), ("json", 0.2)):
        sys.stderr = sink = Sink()
        logs.set_up("debug", form, config.secrets)
        for site in cycle(sites):
            tell(*site, random)
            if sink.lines >= lines * share:
                break
        shown, first, written = shown + sink.showing, first or sink.first, written + sink.lines
        sys.excepthook(Trouble, raised(random), None)
    sys.stderr = kept
    return {"sites": len(sites), "lines": written, "showing": shown, "first": first}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))
