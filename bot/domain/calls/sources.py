"""Where calls are read: what the configuration says of it, and what the chat has made of that.

The configuration speaks first, the chat last. A source keeps what the configuration last said of
it; a key that still says the same is the configuration's to change, one that the chat has set
otherwise stays as the chat wants it. So a restart never undoes a manager's deed.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import settings
from storage.calls import asking as store
from storage.calls.sources import AllowedHost, Form, Source

HOSTS = "calls.hosts"  # the setting that holds which hosts the configuration has brought
HEAD_START = timedelta(minutes=5)  # before the first reading of all, and between two first ones


@dataclass(frozen=True, slots=True)
class Wanted:
    """A source as the configuration describes it; the names are those of its row."""

    code: str
    name: str
    form: Form
    address: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    language: str = "cs"
    active: bool = True
    trusted: bool = False
    every: int = 60


async def adopt(
    session: AsyncSession, wanted: Sequence[Wanted], hosts: Iterable[str], now: datetime
) -> None:
    """Make rows of what the configuration says. `hosts` may be asked from the first time that
    they are named here, until the chat withdraws that."""
    rows = {source.code: source for source in await store.all_sources(session)}
    fresh = 0
    for each in wanted:
        if each.code in rows:
            _follow(rows[each.code], each)
        else:
            fresh += 1
            session.add(_made(each, now + fresh * HEAD_START))
    for code in rows.keys() - {each.code for each in wanted}:
        _let_go(rows[code])
    await _allow(session, hosts, now)


def _made(wanted: Wanted, first_at: datetime) -> Source:
    said = _said(wanted)
    return Source(
        code=wanted.code,
        **{**said, "form": Form(wanted.form)},
        configured=said,
        next_at=first_at,
    )


def _follow(source: Source, wanted: Wanted) -> None:
    said, before = _said(wanted), source.configured
    for key, value in said.items():
        if key not in before or getattr(source, key) == before[key]:
            _set(source, key, value)
    source.configured = said


def _set(source: Source, key: str, value: Any) -> None:
    if getattr(source, key) == value:
        return
    setattr(source, key, Form(value) if key == "form" else value)
    if key in ("form", "address", "settings"):
        source.etag = source.modified = None  # they were of another answer


def _let_go(source: Source) -> None:
    """What the configuration has dropped is no longer read; its calls and its history stay."""
    if source.configured:
        source.active = False
        source.configured = {}


def _said(wanted: Wanted) -> dict[str, Any]:
    """As it comes back from a row, so that it can be compared with one."""
    said = {key: value for key, value in asdict(wanted).items() if key != "code"}
    plain: dict[str, Any] = json.loads(json.dumps(said))
    return plain


async def _allow(session: AsyncSession, hosts: Iterable[str], now: datetime) -> None:
    named = set(hosts)
    brought = set(json.loads(await settings.find(session, HOSTS) or "[]"))
    for host in sorted(named - brought - await store.hosts(session)):
        session.add(AllowedHost(host=host, since=now))
    if named != brought:
        await settings.put(session, HOSTS, json.dumps(sorted(named)))
