"""An instrument's record as the index reads it."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, NamedTuple, cast
from zlib import crc32

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.domain.instruments.indexing import Description, Indexed, index
from bot.domain.instruments.language import words
from bot.domain.instruments.places import region_of
from bot.domain.instruments.visibility import View, has_secrets, is_public
from storage import instruments as rows
from storage import organisations
from storage.instruments import Category, Condition, Instrument, Offering, adding
from storage.instruments import finding as store
from storage.instruments.finding import Entry
from storage.organisations import Organisation

IN_WORDS = {
    Category.LASERS: "laser",
    Category.ELECTRON_MICROSCOPY: "elektronová mikroskopie electron microscopy",
    Category.MICROSCOPY: "mikroskopie microscopy",
    Category.THIN_FILMS: "tenké vrstvy thin films",
    Category.MANUFACTURING: "výroba optiky optics manufacturing",
    Category.METROLOGY: "metrologie metrology",
    Category.SPECTROSCOPY: "spektroskopie spectroscopy",
    Category.SURFACES: "analýza povrchu surface analysis",
    Category.NANOFABRICATION: "nanofabrikace nanofabrication",
    Category.PROCESSING: "zpracování materiálů material processing",
}
OFFERED = {
    Offering.EQUIPMENT: "přístroj instrument",
    Offering.FACILITY: "pracoviště laboratoř facility laboratory",
    Offering.SERVICE: "služba service",
}
ACCESS = {
    "commercial": "komerční využití na zakázku commercial use",
    "joint_research": "společný výzkum joint research",
    "training": "po zaškolení training needed",
    "supervised": "s obsluhou operated by staff",
}
PUBLIC, PARTLY = "v:public", "v:partly"  # all of it; all but what only members see
SAMPLE, SAMPLED = "b:0", 32  # one in so many stands for all, where very many are found
AT_ONCE = 1000
AHEAD = 8  # portions that may be ready while an engine is busy with its index
IN_A_TURN = 8  # rows that are read before others have their turn


class Portion(NamedTuple):
    rows: list[adding.Plain]
    stand: list[tuple[int, int]]  # instruments and their pillars
    entries: list[Entry]


def indexed(view: View, owner: Organisation | None, pillars: Iterable[int] = ()) -> Indexed:
    """What it can be found by, as far as the view goes."""
    it = view.instrument

    def said(field: str) -> str:
        return str(view[field] or "")

    made = f"{said('maker')} {said('model')}"
    whose = [owner.name, owner.short] if owner else []
    access = [words for flag, words in ACCESS.items() if view[flag]]
    return index(
        Description(
            names=[each for each in (it.name, it.name_en) if each],
            models=[each for each in (said("model"), said("maker")) if each],
            aliases=[made],
            techniques=[
                said("technique"),
                IN_WORDS[Category(it.category)],
                OFFERED[Offering(it.kind)],
            ],
            owners=[*whose, it.owner, said("site"), region(it)],
            parameters=[(str(name), str(value)) for name, value in view["parameters"].items()],
            texts=[said("what"), said("what_en"), said("access"), said("samples"), *access],
            facets=facets(view, pillars),
        )
    )


def region(instrument: Instrument) -> str:
    """As its record says, else as the place tells."""
    return instrument.region or region_of(instrument.site or "")


@lru_cache(maxsize=1024)
def _region_facet(region: str) -> str:
    return f"region:{'_'.join(words(region))}"


def facets(view: View, pillars: Iterable[int]) -> list[str]:
    """`category:lasers`, `pillar:3`, `region:…`, `owner:12`, `access:commercial`, …"""
    it = view.instrument
    found = [f"category:{Category(it.category).value}"]
    found += [f"pillar:{key}" for key in sorted(pillars)]
    found += [_region_facet(where)] if (where := region(it)) else []
    found += [f"owner:{it.organisation_id}"] if it.organisation_id else []
    found += [f"access:{flag}" for flag in ACCESS if view[flag]]
    return found


def entry(instrument: Instrument, found: Indexed) -> Entry:
    return Entry(instrument.key, **kept(instrument, found))


def kept(instrument: Instrument, found: Indexed) -> dict[str, str]:
    """The columns by which it is found; a hidden instrument is found by nothing."""
    if instrument.condition == Condition.HIDDEN:
        return {"marks": "", "measures": found.ranking}
    line = found.finding
    shown = [PUBLIC] if is_public(instrument) else []
    partly = [PARTLY] if shown and has_secrets(instrument) else []
    sample = [SAMPLE] if crc32(line.encode()) % SAMPLED == 0 else []
    return {"marks": " ".join([*partly, *shown, *sample, line]), "measures": found.ranking}


async def reindex(session: AsyncSession, instruments: Sequence[Instrument]) -> None:
    """Have instruments be found by what their records say now. They must have been flushed."""
    if not instruments:
        return
    pillars = await rows.pillars_of(session, [each.key for each in instruments])
    found = await _indexed(session, instruments, lambda each: pillars.get(each.key, ()))
    lines = zip(instruments, found, strict=True)
    await store.enter(session, [entry(each, marks) for each, marks in lines])


async def add(
    session: AsyncSession, instruments: Sequence[Instrument], pillars: Sequence[Collection[int]]
) -> None:
    """Save new instruments, each with its pillars, to be found at once."""
    places = {id(each): its for each, its in zip(instruments, pillars, strict=True)}
    found = await _indexed(session, instruments, lambda each: places[id(each)])
    for each, marks in zip(instruments, found, strict=True):
        for column, line in kept(each, marks).items():
            setattr(each, column, line)
    session.add_all(instruments)
    await session.flush()
    stand = [(each.key, pillar) for each in instruments for pillar in places[id(each)]]
    await adding.place(session, stand)
    await store.enter_new(session, [Entry(each.key, each.marks) for each in instruments])


async def add_many(
    session: AsyncSession, told: Sequence[dict[str, Any]], pillars: Sequence[Collection[int]]
) -> list[int]:
    """The same for very many, told by their columns; rows of the usual kind take too long to make.
    While the engine takes some, the next are read. Returns their ids, in their order."""
    owners = await _owners(session, (each.get("organisation_id") for each in told))
    keys = await adding.keys(session, len(told))
    words: set[str] = set()
    parts = [slice(start, start + AT_ONCE) for start in range(0, len(told), AT_ONCE)]
    ready: asyncio.Queue[Portion] = asyncio.Queue(AHEAD)

    async def read() -> None:
        for part in parts:
            lines = zip(keys[part], told[part], pillars[part], strict=True)
            await ready.put(await _read(session, lines, owners, words))

    try:
        async with asyncio.TaskGroup() as group, adding.many(session):
            group.create_task(read())
            for _ in parts:
                await _save(session, await ready.get())
            await store.learn(session, words)
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None
    return keys


async def _read(
    session: AsyncSession,
    lines: Iterable[tuple[int, dict[str, Any], Collection[int]]],
    owners: Mapping[int, Organisation],
    words: set[str],
) -> Portion:
    """Whole rows, with what they are found by; their words are put to the others."""
    portion = Portion([], [], [])
    for number, (key, told, places) in enumerate(lines):
        row = {**adding.row(told), "id": key}
        instrument = cast("Instrument", SimpleNamespace(**row))
        owner = owners.get(instrument.organisation_id or 0)
        found = indexed(View(instrument, inside=True), owner, places)
        row |= kept(instrument, found)
        words |= found.words
        portion.rows.extend(adding.plain(session, [row]))
        portion.stand.extend((key, pillar) for pillar in places)
        portion.entries.append(Entry(key, row["marks"]))
        if number % IN_A_TURN == 0:
            await asyncio.sleep(0)
    return portion


async def _save(session: AsyncSession, portion: Portion) -> None:
    await adding.save(session, portion.rows)
    await adding.place(session, portion.stand)
    await store.enter_new(session, portion.entries)


async def _indexed(
    session: AsyncSession,
    instruments: Sequence[Instrument],
    pillars: Callable[[Instrument], Collection[int]],
) -> list[Indexed]:
    owners = await _owners(session, (each.organisation_id for each in instruments))
    found = [
        indexed(View(each, inside=True), owners.get(each.organisation_id or 0), pillars(each))
        for each in instruments
    ]
    await store.learn(session, frozenset[str]().union(*(each.words for each in found)))
    return found


async def _owners(
    session: AsyncSession, homes: Iterable[int | None]
) -> Mapping[int, Organisation]:
    return await organisations.by_ids(session, {home for home in homes if home})


async def is_behind(session: AsyncSession) -> bool:
    return bool(await store.unmarked(session, 1))


async def catch_up(session: AsyncSession) -> int:
    """Index some that nothing has indexed yet; how many there were."""
    keys = await store.unmarked(session, AT_ONCE)
    await reindex(session, await rows.among(session, keys))
    return len(keys)


async def as_guests_see(session: AsyncSession, keys: Collection[int]) -> dict[int, Indexed]:
    """By what guests can find instruments of which they see only a part."""
    return {
        each.key: indexed(View(each, inside=False), None)
        for each in await rows.among(session, keys)
    }
