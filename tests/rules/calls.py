"""Calls as sources tell of them, by hand, and what becomes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import col, select

from bot.app import App
from bot.domain.calls import health, merging
from bot.domain.calls.found import Due, Found, Guess
from bot.domain.calls.merging import Outcome
from storage.calls.history import Change, Proposal
from storage.calls.records import Deadline, GrantCall
from storage.calls.sources import Form, Source
from tests.conftest import NOW

MAY = datetime(2027, 5, 14, 15, 0, tzinfo=UTC)
JUNE = datetime(2027, 6, 18, 15, 0, tzinfo=UTC)


def due(at: datetime, what: str = "", *, hour: bool = True) -> Due:
    return Due(at, "Europe/Prague", hour, what)


def found(
    title: str = "Lasers for industry",
    reference: str = "",
    *dues: Due,
    guesses: Sequence[Guess] = (),
    **told: Any,
) -> Found:
    """Names of a call's fields go there; others are the words about it."""
    own = {"link", "language", "code", "description", "rank"}
    words = {name: told.pop(name) for name in own & told.keys()}
    return Found(
        reference or title,
        title,
        deadlines=dues or None,
        fields=told,
        guesses=tuple(guesses),
        **{"language": "en", **words},
    )


@dataclass
class Reading:
    """`await read(source, found(...), found(...))`: one whole reading of that source."""

    app: App

    async def source(self, code: str = "eu", **told: Any) -> Source:
        known = {"name": code.upper(), "form": Form.SEDIA, "address": f"https://{code}.test/"}
        async with self.app.db.writing() as session:
            source = Source(code=code, **{**known, **told})
            session.add(source)
            await session.flush()
            return source

    async def __call__(self, source: Source, *calls: Found, at: datetime = NOW) -> Outcome:
        async with self.app.db.writing() as session:
            taken = await merging.take(session, source, calls, at)
        async with self.app.db.writing() as session:
            closed = await health.miss(session, source.key, at)
        return Outcome(taken.fresh, [*taken.changed, *closed])

    async def calls(self) -> Sequence[GrantCall]:
        async with self.app.db.reading() as session:
            return (await session.exec(select(GrantCall).order_by(col(GrantCall.id)))).all()

    async def call(self) -> GrantCall:
        (call,) = await self.calls()
        return call

    async def deadlines(self, *, sure: bool = True) -> list[datetime]:
        async with self.app.db.reading() as session:
            query = select(Deadline).where(col(Deadline.sure).is_(sure)).order_by(col(Deadline.at))
            return [each.at for each in (await session.exec(query)).all()]

    async def turns(self) -> list[tuple[str, str]]:
        return [(each.field, each.turn.value) for each in await self.changes()]

    async def changes(self) -> Sequence[Change]:
        async with self.app.db.reading() as session:
            return (await session.exec(select(Change).order_by(col(Change.id)))).all()

    async def proposals(self) -> Sequence[Proposal]:
        async with self.app.db.reading() as session:
            return (await session.exec(select(Proposal).order_by(col(Proposal.id)))).all()
