"""Logs for people on a terminal and for machines elsewhere, without the token in either."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

TOKEN = re.compile(r"(?<!\d)\d{1,20}:[A-Za-z0-9_-]{30,}")  # in an address, after "bot"
START = re.compile(r"(?<=start=)[A-Za-z0-9_-]{20,}")
CALENDAR = re.compile(r"(?<=/calendar/)[A-Za-z0-9_-]{20,}")
QUIET = ("httpx", "httpcore", "aiohttp", "apscheduler", "asyncio", "uvicorn", "alembic")


def redact(text: str) -> str:
    """Without bot tokens and without the secret part of start links and calendars' addresses."""
    return CALENDAR.sub("[secret]", START.sub("[secret]", TOKEN.sub("[token]", text)))


def set_up(level: str = "info", form: str = "auto") -> None:
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


def _redacted(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = redact(value)
        elif not isinstance(value, (int, float, bool, type(None))) and key[0] != "_":
            event[key] = redact(str(value))
    return event
