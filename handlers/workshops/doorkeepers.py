"""Helpers at the door of one event: who they are, a new one by name or by a link."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.domain.workshops import doorkeepers
from bot.kit.buttons import Button, Rows, copying, link
from bot.kit.context import Context, Desk
from bot.kit.forms import Answers, Form, Question, begin
from bot.kit.routes import on, start_link
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from bot.kit.typed import typed
from handlers.links import way_back
from handlers.workshops.ways import OpenDoor
from storage.people import Person
from storage.workshops import Event

LETTER = "k"  # what the start links for helpers begin with
NAME = 60  # characters that somebody may type


@dataclass(frozen=True)
class OpenHelpers(Button, prefix="ws.h"):
    workshop_id: int


@dataclass(frozen=True)
class FindHelper(Button, prefix="ws.h.find"):
    workshop_id: int


@dataclass(frozen=True)
class AppointHelper(Button, prefix="ws.h.add"):
    workshop_id: int
    person_id: int


@dataclass(frozen=True)
class DismissHelper(Button, prefix="ws.h.del"):
    workshop_id: int
    person_id: int


@dataclass(frozen=True)
class InviteHelper(Button, prefix="ws.h.link"):
    workshop_id: int


@on(OpenHelpers, reading=True)
async def open_helpers(ctx: Context, press: OpenHelpers) -> Screen:
    return await _helpers(ctx, press.workshop_id)


async def _helpers(ctx: Context, workshop_id: int, toast: str = "") -> Screen:
    t = ctx.t
    found = await doorkeepers.helpers(ctx.session, workshop_id, ctx.me, ctx.now)
    text = paragraphs(
        t("🙋 <b>Helpers at the door</b>: {title}", title=found.event.title),
        t("They check people in at this event only, until a day after it ends."),
        t("➖ ends it.") if found.people else t("There is nobody yet besides the team."),
    )
    mine = tuple(
        (DismissHelper(workshop_id, each.key).labelled(f"➖ {each.name}"),)
        for each in found.people
    )
    ways = (
        FindHelper(workshop_id).labelled(t.label("🔎 Find a member")),
        InviteHelper(workshop_id).labelled(t.label("🔗 Make a link")),
    )
    return Screen(text, (*mine, ways, *way_back(t, OpenDoor(workshop_id))), toast)


@on(DismissHelper)
async def dismiss(ctx: Context, press: DismissHelper) -> Screen:
    await doorkeepers.dismiss(ctx.session, press.workshop_id, press.person_id, ctx.me, ctx.now)
    return await _helpers(ctx, press.workshop_id, ctx.t.plain("They no longer help at the door."))


@on(AppointHelper)
async def appoint(ctx: Context, press: AppointHelper) -> Screen:
    event, person, is_new = await doorkeepers.appoint(
        ctx.session, press.workshop_id, press.person_id, ctx.me, ctx.now
    )
    if is_new:
        ctx.tell(person, _duty(ctx, person, event))
    return await _helpers(ctx, press.workshop_id, ctx.t.plain("They know, and have the way in."))


def _duty(desk: Desk, person: Person, event: Event) -> Screen:
    t = desk.texts_of(person)
    text = paragraphs(
        lines(
            t("🙋 You help at the door of <b>{title}</b>.", title=event.title),
            t("🕘 {when}", when=t.span(event.starts_at, event.ends_at)),
        ),
        t("Point your phone's camera at people's tickets, or tick them off in the list."),
    )
    rows: Rows = ((OpenDoor(event.id).labelled(t.label("🚪 Open the door")),),)
    return Screen(text, (*rows, *way_back(t)))


@on(InviteHelper)
async def invite(ctx: Context, press: InviteHelper) -> Screen:
    event, token = await doorkeepers.invite(ctx.session, press.workshop_id, ctx.me, ctx.now)
    t, url = ctx.t, ctx.house.start_link(LETTER + token)
    text = paragraphs(
        t("🔗 <b>A link for one helper</b>: {title}", title=event.title),
        t("{words}", words=url),
        t("Whoever is the first to open it helps at the door. I show it this once only."),
    )
    share = "https://t.me/share/url?" + urlencode({"url": url})
    rows = ((copying(t.label("📋 Copy the link"), url), link(t.label("↗️ Send it on"), share)),)
    return Screen(text, (*rows, *way_back(t, OpenHelpers(press.workshop_id))))


@start_link(LETTER)
async def follow(ctx: Context, token: str) -> Screen:
    joined = await doorkeepers.follow(ctx.session, token, ctx.me, ctx.now)
    if joined is None:
        words = ctx.t("This link is not valid (any more). Please ask the manager for a new one.")
        return Screen(words, way_back(ctx.t))
    if joined.is_new and joined.maker is not None:
        t = ctx.texts_of(joined.maker)
        words = t(
            "🙋 <b>{name}</b> helps at the door of <b>{title}</b>.",
            name=ctx.me.name,
            title=joined.event.title,
        )
        ctx.tell(joined.maker, Screen(words, way_back(t, OpenHelpers(joined.event.id))))
    return _duty(ctx, ctx.me, joined.event)


@on(FindHelper)
async def find(ctx: Context, press: FindHelper) -> Answer:
    await doorkeepers.helpers(ctx.session, press.workshop_id, ctx.me, ctx.now)
    return await begin(ctx, FORM, workshop_id=press.workshop_id)


def _ask_name(ctx: Context, _: Answers) -> Screen:
    return Screen(ctx.t("🔎 Who shall help? Write a member's name, or its beginning."))


async def _show_found(ctx: Context, answers: Answers) -> Answer:
    t, key = ctx.t, int(answers["workshop_id"])
    _, found = await doorkeepers.candidates(ctx.session, key, answers["name"], ctx.me, ctx.now)
    again = ((FindHelper(key).labelled(t.label("🔎 Another name")),),)
    rows = (*_candidates(key, found), *again, *way_back(t, OpenHelpers(key)))
    return Screen(_found_text(t, found), rows)


def _found_text(t: Texts, found: Sequence[Person]) -> str:
    if found:
        return t("Who is it? They will be told at once.")
    return paragraphs(
        t("I know no member of that name."),
        t("Somebody from outside can come by a link: 🔗 in the list of helpers."),
    )


def _candidates(key: int, found: Sequence[Person]) -> Rows:
    return tuple((AppointHelper(key, each.key).labelled(f"➕ {each.name}"),) for each in found)


async def _left(ctx: Context, answers: Answers) -> Answer:
    return await _helpers(ctx, int(answers.get("workshop_id", 0)))


FORM = Form("workshop.helper", (Question("name", _ask_name, typed(NAME)),), _show_found, _left)
