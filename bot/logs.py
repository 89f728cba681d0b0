"""Logs for people on a terminal and for machines elsewhere, without the token in either."""

import logging
import re
import sys
from collections.abc import Iterable, MutableMapping
from types import TracebackType
from typing import Any

import structlog

TOKEN = re.compile(r"(?<!\d)\d{1,20}:[A-Za-z0-9_-]{30,}")  # in an address, after "bot"
# What opens something by being known: in links to the bot and to calendars and posters, as it is
# typed after /start, on a button; and whatever looks like one of 32 bytes.
BEFORE = ("start=", "/start ", "/calendar/", "/door/", "start%3D", "calendar%2F", "door%2F")
LINKED = re.compile(rf"(?:{'|'.join(f'(?<={each})' for each in BEFORE)})[A-Za-z0-9_-]{{16,}}")
BARE = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43,44}(?![A-Za-z0-9_-])")
PASSWORD = re.compile(r"(?<=://)([^/:@\s]*):[^/@\s]+(?=@)")
SHORTEST = 8  # characters of a secret that is worth hiding wherever it stands
QUIET = ("httpx", "httpcore", "aiohttp", "apscheduler", "asyncio", "uvicorn", "alembic")


_hidden: list[str] = []  # the secrets of this process, as they are configured


def redact(text: str) -> str:
    """Without bot tokens, passwords in addresses, secret parts of links, and our own secrets."""
    for secret in _hidden:
        text = text.replace(secret, "[secret]")
    text = PASSWORD.sub(r"\1:[secret]", TOKEN.sub("[token]", text))
    return BARE.sub("[secret]", LINKED.sub("[secret]", text))


def set_up(level: str = "info", form: str = "auto", secrets: Iterable[str] = ()) -> None:
    """`secrets` are never shown, wherever they stand."""
    _hidden[:] = sorted({s for s in secrets if len(s) >= SHORTEST}, key=len, reverse=True)
    human = sys.stderr.isatty() if form == "auto" else form == "human"
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _redacted,
    ]
    render: Any = (
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        if human
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _last_words


def _last_words(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """What nobody has caught is told through the log, too, where secrets are left out."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        logging.getLogger("bot").critical("ended by a failure", exc_info=(kind, error, trace))


def _redacted(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = redact(value)
        elif not isinstance(value, (int, float, bool, type(None))) and key[0] != "_":
            event[key] = redact(str(value))
    return event
