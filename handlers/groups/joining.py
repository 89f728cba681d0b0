"""Joining and leaving a pillar: members in two taps, guests by asking its guarantor."""

from dataclasses import dataclass
from datetime import timedelta

from telegram import Message

from bot.domain.groups import joining
from bot.domain.groups.joining import Question as Asked
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context, Desk
from bot.kit.forms import Answers, Choose, Form, Question, Unclear, begin
from bot.kit.paging import page
from bot.kit.routes import job, on
from bot.kit.screens import Answer, Screen, paragraphs
from bot.kit.texts import Texts
from handlers.groups.browsing import card_screen
from handlers.groups.ways import (
    AskForPillar,
    JoinPillar,
    LeavePillar,
    ListPillarRequests,
    RunPillar,
)
from handlers.links import OpenPillar, way_back


@dataclass(frozen=True)
class OpenPillarRequest(Button, prefix="pi.req.o"):
    request_id: int


@dataclass(frozen=True)
class LetIn(Button, prefix="pi.req.in"):
    request_id: int


@dataclass(frozen=True)
class TurnDown(Button, prefix="pi.req.no"):
    request_id: int


@on(JoinPillar)
async def join(ctx: Context, press: JoinPillar) -> Screen:
    await joining.join(ctx.session, press.pillar_id, ctx.me, ctx.now)
    said = ctx.t.plain("You are in. Other members see your name.")
    return await card_screen(ctx, press.pillar_id, said)


@on(LeavePillar)
async def leave(ctx: Context, press: LeavePillar) -> Screen:
    await joining.leave(ctx.session, press.pillar_id, ctx.me, ctx.now)
    return await card_screen(ctx, press.pillar_id, ctx.t.plain("You have left the pillar."))


@on(AskForPillar)
async def ask(ctx: Context, press: AskForPillar) -> Answer:
    if ctx.me.is_member:
        return await join(ctx, JoinPillar(press.pillar_id))
    await joining.may_ask(ctx.session, press.pillar_id, ctx.me, ctx.now)
    return await begin(ctx, FORM, pillar=press.pillar_id)


@on(ListPillarRequests, reading=True)
async def list_requests(ctx: Context, press: ListPillarRequests) -> Screen:
    t = ctx.t
    pillar, found = await joining.waiting(ctx.session, press.pillar_id, ctx.me, ctx.now)
    part = page(found, press.page)
    rows = tuple(
        (OpenPillarRequest(request.key).labelled(asker.name),) for request, asker in part.items
    )
    turns = part.turns(lambda to: ListPillarRequests(pillar.key, to))
    title = t("🙋 <b>{pillar}</b>: who would like to join", pillar=pillar.name_in(t.language))
    nobody = "" if found else t("Nobody waits for an answer.")
    shown = (*rows, *((turns,) if turns else ()), *way_back(t, RunPillar(pillar.key)))
    return Screen(paragraphs(title, nobody), shown)


@on(OpenPillarRequest, reading=True)
async def open_request(ctx: Context, press: OpenPillarRequest) -> Screen:
    asked = await joining.look(ctx.session, press.request_id, ctx.me, ctx.now)
    if asked.request.decided_at is not None:
        return _decided(ctx.t, asked)
    return _request(ctx.t, asked)


@on(LetIn)
async def let_in(ctx: Context, press: LetIn) -> Screen:
    return await _decide(ctx, press.request_id, granted=True)


@on(TurnDown)
async def turn_down(ctx: Context, press: TurnDown) -> Screen:
    return await _decide(ctx, press.request_id, granted=False)


@job("pillar requests", every=timedelta(hours=1))
async def hand_on(desk: Desk) -> None:
    for asked in await joining.hand_on(desk.session, desk.now):
        _tell_deciders(desk, asked, "late")


async def _decide(ctx: Context, request_id: int, *, granted: bool) -> Screen:
    asked = await joining.decide(ctx.session, request_id, ctx.me, ctx.now, granted=granted)
    if asked.decided_now:
        _tell_asker(ctx, asked)
    return _decided(ctx.t, asked)


def _tell_asker(ctx: Context, asked: Asked) -> None:
    t, pillar = ctx.texts_of(asked.asker), asked.pillar
    name = pillar.name_in(t.language)
    words = t("🙏 The pillar <b>{pillar}</b> cannot take you in just now.", pillar=name)
    if asked.request.granted:
        words = t("🎉 You are in the pillar <b>{pillar}</b>.", pillar=name)
    rows = way_back(t, OpenPillar(pillar.key), t.label("👥 To the pillar"))
    ctx.tell(asked.asker, Screen(words, rows), key=f"pr{asked.request.key}:decided")


def _tell_deciders(desk: Desk, asked: Asked, why: str) -> None:
    for person in asked.deciders:
        t, key = desk.texts_of(person), f"pr{asked.request.key}:{why}:p{person.key}"
        desk.tell(person, _request(t, asked), key=key)


def _request(t: Texts, asked: Asked) -> Screen:
    request, asker = asked.request, asked.asker
    text = paragraphs(
        t(
            '🙋 <a href="tg://user?id={id}">{name}</a> would like to be in the pillar'
            " <b>{pillar}</b>.",
            id=asker.telegram_id,
            name=asker.name,
            pillar=asked.pillar.name_in(t.language),
        ),
        t("<blockquote>{words}</blockquote>", words=request.why) if request.why else "",
    )
    rows: Rows = (
        (
            LetIn(request.key).labelled(t.label("✅ Let in"), "success"),
            TurnDown(request.key).labelled(t.label("✖️ Not now")),
        ),
    )
    return Screen(text, (*rows, *way_back(t, ListPillarRequests(asked.pillar.key))))


def _decided(t: Texts, asked: Asked) -> Screen:
    values = {"name": asked.asker.name, "pillar": asked.pillar.name_in(t.language)}
    words = t("✖️ <b>{name}</b> is not in the pillar <b>{pillar}</b>; they know.", **values)
    if asked.request.granted:
        words = t("✅ <b>{name}</b> is in the pillar <b>{pillar}</b>; they know.", **values)
    return Screen(words, way_back(t, ListPillarRequests(asked.pillar.key)))


def _ask(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    words = t("🙋 Would you like to add a sentence for the guarantor? They decide.")
    without = Choose("why", "-").labelled(t.label("📨 Send without it"))
    return Screen(words, ((without,),))


def _read(ctx: Context, message: Message) -> str:
    why = " ".join((message.text or "").split())
    if not why:
        raise Unclear(ctx.t("Please write it in words, or send it without."))
    if len(why) > joining.WHY_LIMIT:
        limit = joining.WHY_LIMIT
        raise Unclear(ctx.t("This is too long: at most {limit} characters.", limit=limit))
    return why


def _without(_ctx: Context, _value: str) -> str:
    return ""


async def _asked(ctx: Context, answers: Answers) -> Answer:
    pillar_id = int(answers["pillar"])
    asked = await joining.ask(ctx.session, pillar_id, ctx.me, answers["why"], ctx.now)
    _tell_deciders(ctx, asked, "new")
    return await card_screen(ctx, pillar_id, ctx.t.plain("Sent. I will write to you."))


async def _left(ctx: Context, answers: Answers) -> Answer:
    return await card_screen(ctx, int(answers["pillar"]))


FORM = Form("pillar.ask", (Question("why", _ask, _read, _without),), _asked, _left)
