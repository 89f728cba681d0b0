"""What the demonstration shows: public facts with their sources, and people and events that
are clearly invented. The files hold one record a line; `bot.seed` puts them in."""

import json
from pathlib import Path
from typing import Any


def records(name: str) -> list[dict[str, Any]]:
    """Those of one file: `organisations` are real, `invented` are not."""
    text = Path(__file__).with_name(f"{name}.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)
    return found
