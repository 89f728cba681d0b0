"""How a poll for a date stands: my vote, everybody's, and who has said nothing yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from bot.domain.groups import dates
from bot.domain.groups.dates import Choice, Result
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.paging import Page
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.groups.meeting_ways import ChooseDate, EndDates, OpenDates
from handlers.groups.ways import ListMeetings
from handlers.links import OpenWorkshop, way_back


@dataclass(frozen=True)
class TakeDate(Button, prefix="pi.dt.v"):
    """I can come then, or cannot after all."""

    poll_id: int
    position: int


@dataclass(frozen=True)
class NoDate(Button, prefix="pi.dt.no"):
    """None of them suits me."""

    poll_id: int


@dataclass(frozen=True)
class SeeSilent(Button, prefix="pi.dt.sil"):
    """Who has not voted, by organisation."""

    poll_id: int
    page: int = 0


@on(OpenDates, reading=True)
async def open_dates(ctx: Context, press: OpenDates) -> Screen:
    return await dates_screen(ctx, press.poll_id)


@on(TakeDate)
async def take_date(ctx: Context, press: TakeDate) -> Screen:
    await dates.choose(ctx.session, ctx.me, press.poll_id, press.position, ctx.now)
    return await dates_screen(ctx, press.poll_id, ctx.t.plain("Noted."))


@on(NoDate)
async def no_date(ctx: Context, press: NoDate) -> Screen:
    await dates.choose(ctx.session, ctx.me, press.poll_id, None, ctx.now)
    words = ctx.t.plain("Noted: none of the dates suits you.")
    return await dates_screen(ctx, press.poll_id, words)


async def dates_screen(ctx: Context, poll_id: int, toast: str = "") -> Screen:
    return result_screen(ctx.t, await dates.result(ctx.session, ctx.me, poll_id, ctx.now), toast)


def result_screen(t: Texts, result: Result, toast: str = "") -> Screen:
    text = paragraphs(
        t("🗳 <b>{title}</b>", title=result.poll.title),
        _standing(t, result),
        lines(*(_choice(t, result, each) for each in result.choices)),
        _count(t, result),
    )
    rows = (
        *(votes(t, result) if result.is_open else ()),
        *((face,) for face in _ways(t, result)),
        *way_back(t, ListMeetings(result.pillar.key)),
    )
    return Screen(text, rows, toast)


def _standing(t: Texts, result: Result) -> str:
    pillar = result.pillar.name_in(t.language)
    if result.poll.workshop_id is not None:
        return t("{pillar} · the date has been chosen.", pillar=pillar)
    if not result.is_open:
        return t("{pillar} · the vote is over.", pillar=pillar)
    when = t.moment(result.poll.closes_at)
    return lines(
        t("{pillar} · the vote ends {when}.", pillar=pillar, when=when),
        t("Tap every date on which you can come."),
    )


def _choice(t: Texts, result: Result, choice: Choice) -> str:
    at = choice.option.starts_at
    when = t.span(at, at + timedelta(minutes=result.poll.minutes))
    if not choice.people:
        return t("{n}. {when} · nobody yet", n=choice.option.position + 1, when=when)
    people = t.n("{n} person", "{n} people", choice.people)
    homes = t.n("{n} organisation", "{n} organisations", choice.organisations)
    values = {"n": choice.option.position + 1, "when": when, "people": people, "homes": homes}
    if choice.people == result.best:
        return t("{n}. ⭐ <b>{when}</b> · {people}, {homes}", **values)
    return t("{n}. {when} · {people}, {homes}", **values)


def _count(t: Texts, result: Result) -> str:
    if result.voted and not result.silent:
        return t("Everybody has voted.")
    voted = t.n("{n} person has voted", "{n} people have voted", result.voted)
    silent = t.n("{n} has not", "{n} have not", result.silent)
    return t("{voted}, {silent}.", voted=voted, silent=silent)


def votes(t: Texts, result: Result) -> Rows:
    """A button a date, two in a row, and one for those whom none suits."""
    faces = [
        TakeDate(result.poll.key, each.option.position).labelled(
            f"{'☑️' if each.mine else '⬜'} {_short(t, each.option.starts_at)}"
        )
        for each in result.choices
    ]
    none = result.voted_myself and not any(each.mine for each in result.choices)
    mark = "☑️" if none else "⬜"
    never = NoDate(result.poll.key).labelled(f"{mark} {t.label('None suits me')}")
    pairs = tuple(tuple(faces[at : at + 2]) for at in range(0, len(faces), 2))
    return (*pairs, (never,))


def _short(t: Texts, at: datetime) -> str:
    return f"{t.short_date(at.astimezone(t.zone).date())} {t.time(at)}"


def _ways(t: Texts, result: Result) -> Iterator[Face]:
    key = result.poll.key
    if result.poll.workshop_id is not None:
        yield OpenWorkshop(result.poll.workshop_id).labelled(t.label("📅 Open the event"))
        return
    if not result.may_run:
        return
    if result.silent:
        yield SeeSilent(key).labelled(t.label("🔇 Who is silent ({n})", n=result.silent))
    yield ChooseDate(key).labelled(t.label("🏁 Choose the date"))
    if result.is_open:
        yield EndDates(key).labelled(t.label("✋ End the vote"))


@on(SeeSilent, reading=True)
async def see_silent(ctx: Context, press: SeeSilent) -> Screen:
    t, key = ctx.t, press.poll_id
    silent = await dates.silent(ctx.session, ctx.me, key, press.page, ctx.now)
    text = paragraphs(
        t("🔇 <b>{title}</b>", title=silent.poll.title),
        t.n("{n} person has not voted yet:", "{n} people have not voted yet:", silent.count)
        if silent.count
        else t("Everybody has voted."),
        *(
            lines(
                t("<b>{name}</b>", name=home or t("Guests")),
                *(t("• {name}", name=person.name) for person, _ in group),
            )
            for home, group in groupby(silent.people, lambda each: each[1])
        ),
    )
    page = Page(silent.people, silent.page, silent.pages)
    turns = page.turns(lambda to: SeeSilent(key, to))
    rows: Rows = (turns,) if turns else ()
    return Screen(text, (*rows, *way_back(t, OpenDates(key))))
