"""Sources are read: whose turn it is, what they tell, and a word to the manager when one fails.

Nothing of a reading counts before all of it has been heard and is believed; then it is written
down some calls at a time, so that nobody else waits for long.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.domain import desk as managers
from bot.domain.calls import closing, health, merging, runs
from bot.domain.calls.found import Unreadable
from bot.domain.calls.gathering import Gathered
from bot.domain.calls.health import Order, Result
from bot.kit.context import Desk
from bot.kit.errands import Trip
from bot.kit.routes import errand, watch
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from bot.sources.addresses import Unfetched
from bot.sources.fetching import Answer, Request
from bot.sources.runs import Run
from handlers.calls.source_ways import OpenSource
from handlers.calls.troubles import FEW, UNREADABLE, Trouble, in_words, unfetched
from handlers.links import home
from storage import people
from storage.calls import readings
from storage.calls.sources import Outcome, Source


@dataclass
class Heard:
    """What a source has said so far."""

    gathered: Gathered = field(default_factory=Gathered)
    rows: int = 0
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False
    trouble: Trouble | None = None


@watch("calls.sources", every=timedelta(minutes=2))
async def look_round(trip: Trip) -> None:
    if not trip.house.fetcher.enabled:
        return
    async with trip.look() as desk:
        if not await health.is_due(desk.session, desk.now):
            return
    async with trip.deliver() as desk:
        for source in await health.give_up(desk.session, desk.now):
            await _tell_managers(desk, source)
        for reading in await health.begin_due(desk.session, desk.now):
            facts = {"source_id": reading.source_id, "reading_id": reading.key}
            await desk.errand("calls.read", **facts)


@watch("calls.calendar", every=timedelta(minutes=1))
async def time_passes(trip: Trip) -> None:
    async with trip.look() as desk:
        if not await closing.is_due(desk.session, desk.now):
            return
    async with trip.deliver() as desk:
        await closing.follow(desk.session, desk.now)


@errand("calls.read")
async def read_source(
    trip: Trip, *, source_id: int, reading_id: int, asker_id: int | None = None
) -> None:
    async with trip.look() as desk:
        order = await health.order(desk.session, source_id)
    result = Result(Outcome.FAILED)
    if order is not None:
        heard = await _listen(trip, order)
        result = _doubts(order.source, heard) or await _take(trip, order.source, heard)
    async with trip.deliver() as desk:
        troubled = await health.finish(desk.session, source_id, reading_id, result, desk.now)
        if troubled is not None:
            await _tell_managers(desk, troubled)
        if asker_id is not None and order is not None:
            await _answer(desk, order.source, result, asker_id, reading_id)


async def _listen(trip: Trip, order: Order) -> Heard:
    """Page by page, to the end or to the first trouble."""
    source, heard = order.source, Heard()
    try:
        run = Run(source.form, source.address, source.settings, trip.now)
        while request := run.next:
            answer = await _ask(trip, order, request, heard, first=not run.rows)
            if answer is None:
                heard.gathered.add(run.miss(str(heard.trouble)))
                heard.trouble = None
            elif answer.unchanged:
                heard.unchanged = True
                return heard
            else:
                heard.gathered.add(await trip.aside(run.hear, answer))
            heard.rows = run.rows
        heard.gathered.add(await trip.aside(run.end))
    except Unreadable as why:
        heard.trouble = heard.trouble or Trouble(UNREADABLE, "", str(why))
    return heard


async def _ask(
    trip: Trip, order: Order, request: Request, heard: Heard, *, first: bool
) -> Answer | None:
    """None where there is no answer; why is noted."""
    source = order.source
    asked = replace(request, allowed=order.hosts)
    if first and health.may_be_unchanged(source):
        asked = replace(asked, etag=source.etag, modified=source.modified)
    try:
        answer = await trip.house.fetcher.fetch(asked)
    except Unfetched as why:
        heard.trouble = unfetched(why)
        return None
    if first:
        heard.etag, heard.modified = answer.etag, answer.modified
    return answer


def _doubts(source: Source, heard: Heard) -> Result | None:
    """How it ends where nothing of it counts; None: it is believed."""
    if heard.trouble is not None:
        failed = heard.trouble.code != UNREADABLE
        outcome = Outcome.FAILED if failed else Outcome.DEGRADED
        return Result(outcome, problem=str(heard.trouble))
    if heard.unchanged:
        return Result(Outcome.UNCHANGED, found=source.found or 0)
    if health.is_too_little(source, heard.rows):
        said = f"{heard.rows}/{source.usual}" if source.usual else str(heard.rows)
        return Result(Outcome.DEGRADED, heard.rows, problem=str(Trouble(FEW, "", said)))
    return None


async def _take(trip: Trip, source: Source, heard: Heard) -> Result:
    fresh = changed = 0
    for portion in heard.gathered.portions():
        async with trip.deliver() as desk:
            current = await readings.find(desk.session, source.key) or source
            taken = await merging.take(desk.session, current, portion, desk.now)
        fresh, changed = fresh + len(taken.fresh), changed + len(taken.changed)
    async with trip.deliver() as desk:
        changed += len(await health.miss(desk.session, source.key, desk.now))
    return Result(
        Outcome.READ,
        heard.rows,
        fresh,
        changed,
        etag=heard.etag,
        modified=heard.modified,
    )


async def _tell_managers(desk: Desk, source: Source) -> None:
    """Once, until it has recovered; not at night."""
    assert source.degraded_since is not None
    zone, since = desk.house.cluster.zone, int(source.degraded_since.timestamp())
    awake = runs.is_working_time(desk.now, zone)
    for person in await managers.managers(desk.session, desk.now):
        desk.tell(
            person,
            _news(desk.texts_of(person), source),
            key=f"src{source.key}:{since}:p{person.key}",
            not_before=None if awake else runs.next_opening(desk.now, zone),
        )


def _news(t: Texts, source: Source) -> Screen:
    text = paragraphs(
        t("⚠️ The source <b>{name}</b> has stopped giving calls as usual.", name=source.name),
        t("Why: {why}.", why=in_words(t, source.problem)),
        t(
            "Nothing was closed or announced because of it. I keep trying, and shall not write"
            " about it again until it has recovered."
        ),
    )
    open_it = OpenSource(source.key).labelled(t.label("📡 Open the source"))
    return Screen(text, ((open_it, home(t)),))


async def _answer(
    desk: Desk, source: Source, result: Result, asker_id: int, reading_id: int
) -> None:
    """To who wanted it read now."""
    person = await people.find(desk.session, asker_id)
    if person is None:
        return
    t = desk.texts_of(person)
    open_it = OpenSource(source.key).labelled(t.label("📡 Open the source"))
    screen = Screen(how_it_went(t, source, result), ((open_it, home(t)),))
    desk.tell(person, screen, key=f"read{reading_id}:p{person.key}")


def how_it_went(t: Texts, source: Source, result: Result) -> str:
    match result.outcome:
        case Outcome.READ:
            return paragraphs(
                t("✅ <b>{name}</b> has been read.", name=source.name),
                t(
                    "Found {found}, new {fresh}, changes {changed}.",
                    found=t.number(result.found),
                    fresh=t.number(result.fresh),
                    changed=t.number(result.changed),
                ),
            )
        case Outcome.UNCHANGED:
            return t("✅ <b>{name}</b>: nothing new since last time.", name=source.name)
        case _:
            why = in_words(t, result.problem)
            return t("⚠️ <b>{name}</b> could not be read: {why}.", name=source.name, why=why)
