"""Windows of an instrument never overlap, whatever is published and withdrawn, in any order."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from bot.domain.instruments import windows
from bot.domain.refusals import Refusal
from storage.database import Database
from storage.instruments import Category, Instrument, Offering, Window
from storage.instruments import windows as store
from storage.people import Person
from tests import databases

NOW = datetime(2027, 3, 26, 8, tzinfo=UTC)  # summer time begins in two days
QUARTER = timedelta(minutes=15)
DEEDS = st.lists(
    st.tuples(st.integers(1, 300), st.integers(2, 40), st.booleans()), min_size=1, max_size=25
)


async def furnish(db: Database) -> tuple[Instrument, Person]:
    async with db.writing() as session:
        who = Person(telegram_id=1, met_at=NOW)
        session.add(who)
        await session.flush()
        instrument = Instrument(
            name="x",
            folded="x",
            kind=Offering.EQUIPMENT,
            category=Category.LASERS,
            owner="x",
            guarantor_id=who.key,
            source="x",
            confidence="x",
        )
        session.add(instrument)
        return instrument, who


async def published(url: str, deeds: Sequence[tuple[int, int, bool]]) -> None:
    db = Database(url)
    try:
        instrument, who = await furnish(db)
        who.verified_at, who.organisation_id = NOW, 1  # a member, as far as rights go
        made: list[Window] = []
        for start, length, withdraws in deeds:
            async with db.writing() as session:
                if withdraws and made:
                    await windows.withdraw(session, made.pop().key, who, NOW)
                    continue
                begin = NOW + start * QUARTER
                with suppress(Refusal):
                    span = (begin, begin + length * QUARTER)
                    made += await windows.publish(session, instrument.key, [span], who, NOW)
        async with db.reading() as session:
            kept = [each for each, _ in await store.coming(session, instrument.key, NOW)]
        assert {each.key for each in kept} == {each.key for each in made}
        assert all(first.ends_at <= then.starts_at for first, then in pairwise(kept))
    finally:
        await db.dispose()


@settings(max_examples=15, deadline=None)
@given(deeds=DEEDS)
def test_windows_never_overlap(template: Path, deeds: list[tuple[int, int, bool]]) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(published(databases.sqlite_copy(template, Path(folder)), deeds))


@pytest.mark.postgres
async def test_the_database_itself_bars_it(database_url: str) -> None:
    """Even for one that forgot to look."""
    db = Database(database_url)
    try:
        instrument, who = await furnish(db)
        for start, fits in ((4, True), (7, False), (8, True)):
            window = Window(
                instrument_id=instrument.key,
                starts_at=NOW + start * QUARTER,
                ends_at=NOW + (start + 4) * QUARTER,
                person_id=who.key,
            )
            if fits:
                async with db.writing() as session:
                    await store.add(session, window)
                continue
            with pytest.raises(IntegrityError):
                async with db.writing() as session:
                    await store.add(session, window)
    finally:
        await db.dispose()
