"""The door of a pillar's group: who asks to be let in, our one question, the guarantor's yes."""

from datetime import timedelta

from telegram import ChatJoinRequest, Message

from bot.domain.groups import door
from bot.domain.groups.door import ANSWER_LIMIT, Case
from bot.kit.buttons import Button, Rows, link
from bot.kit.context import Context, Desk
from bot.kit.forms import Answers, Choose, Form, Question, Unclear, begin
from bot.kit.paging import page
from bot.kit.routes import job, on, on_join_request
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.groups.chat_ways import LetIn, ListWaiting, TurnAway
from handlers.groups.ways import EnterPillarChat, JoinPillar, OpenPillarChat
from handlers.links import OpenPillar, home, way_back
from storage import drafts, organisations, pillars
from storage.groups import presence
from storage.groups.chats import JoinRequest
from storage.groups.presence import PRESENT
from storage.outbox import Call

NOTHING = "-"  # what the button of those who would rather not say carries


@on(EnterPillarChat)
async def enter(ctx: Context, press: EnterPillarChat) -> Screen:
    """The link is for them alone; whoever else follows it is asked."""
    pillar, group = await door.way_in(ctx.session, ctx.me, press.pillar_id, ctx.now)
    t = ctx.t
    back = way_back(t, OpenPillar(pillar.key))
    if not group.invite_link:
        await ctx.errand("groups.check", group_id=group.key)
        return Screen(t("The link is being made. Please come back in a minute."), back)
    there = await presence.find(ctx.session, group.chat_id, ctx.me.telegram_id or 0)
    words = t("Ask to be let in below; I will open at once.")
    label = t.label("💬 Ask to be let in")
    if there is not None and there.status in PRESENT:
        words, label = t("You are in the group already."), t.label("💬 Open the group")
    text = paragraphs(t("💬 <b>{title}</b>", title=group.title), words)
    return Screen(text, ((link(label, group.invite_link),), *back))


@on_join_request
async def knock(ctx: Context, asks: ChatJoinRequest) -> None:
    url = asks.invite_link.invite_link if asks.invite_link else ""
    request = await door.knock(ctx.session, ctx.me, asks.chat.id, url, ctx.now)
    if request is None:
        return
    if request.granted:
        ctx.owe(_ruling(request))
        return
    await _ask(ctx, request)


def _ruling(request: JoinRequest) -> Call:
    method = "approveChatJoinRequest" if request.granted else "declineChatJoinRequest"
    return Call(method, request.chat_id, {"user_id": request.telegram_id})


async def _ask(ctx: Context, request: JoinRequest) -> None:
    """In private, as Telegram allows it for a few minutes. Another form is not broken off."""
    pillar = await pillars.find(ctx.session, request.pillar_id)
    assert pillar is not None
    if request.answer or await drafts.find(ctx.session, ctx.me.key) is not None:
        return
    name, joins = pillar.name_in(ctx.t.language), pillar.key if ctx.me.is_member else 0
    shown = await begin(ctx, FORM, request_id=request.key, pillar=name, joins=joins)
    assert isinstance(shown, Screen)
    expires = ctx.now + door.TIME_TO_ANSWER
    ctx.tell(ctx.me, shown, key=f"door:{ctx.occasion}", expires_at=expires)


def _question(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    text = paragraphs(
        t("🚪 The group of the pillar <b>{pillar}</b>", pillar=answers["pillar"]),
        t("It is for the pillar's people; of others its guarantor decides."),
        t("Please tell them in one sentence who you are and what brings you."),
    )
    rows: Rows = ((Choose("words", NOTHING).labelled(t.label("Without an answer")),),)
    if answers["joins"]:
        joins = JoinPillar(answers["joins"]).labelled(t.label("➕ Join the pillar"))
        rows = ((joins,), *rows)
    return Screen(text, rows)


def _read(ctx: Context, message: Message) -> str:
    words = (message.text or "").strip()
    if not 0 < len(words) <= ANSWER_LIMIT:
        raise Unclear(ctx.t("Please write a text of at most {n} characters.", n=ANSWER_LIMIT))
    return words


async def _answered(ctx: Context, answers: Answers) -> Screen:
    words = "" if answers["words"] == NOTHING else answers["words"]
    case = await door.answer(ctx.session, ctx.me, answers["request_id"], words)
    if case.request.decided_at is not None:
        return Screen(_verdict(ctx.t, case), way_back(ctx.t))
    return await _left(ctx, answers)


async def _left(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    return Screen(t("📨 The guarantor will decide. I will write to you."), (((home(t)),),))


FORM = Form(
    "groups.door",
    (Question("words", _question, _read, lambda _, value: value),),
    _answered,
    _left,
)


@on(ListWaiting, reading=True)
async def list_waiting(ctx: Context, press: ListWaiting) -> Answer:
    cases = await door.to_decide(ctx.session, ctx.me, press.pillar_id, ctx.now)
    t, back = ctx.t, OpenPillarChat(press.pillar_id)
    if not cases:
        nobody = t("Nobody is waiting at the door. I will write when somebody does.")
        return Screen(nobody, way_back(t, back))
    part = page(cases, press.page, 1)
    turns = part.turns(lambda to: ListWaiting(press.pillar_id, to))
    return await _card(ctx, t, part.items[0], (turns,) if turns else (), back)


@on(LetIn)
async def let_in(ctx: Context, press: LetIn) -> Screen:
    return await _decide(ctx, press.request_id, granted=True)


@on(TurnAway)
async def turn_away(ctx: Context, press: TurnAway) -> Screen:
    return await _decide(ctx, press.request_id, granted=False)


async def _decide(ctx: Context, request_id: int, *, granted: bool) -> Screen:
    case = await door.decide(ctx.session, ctx.me, request_id, ctx.now, granted=granted)
    if case.fresh:
        ctx.owe(_ruling(case.request))
        _tell_them(ctx, case)
    back = ListWaiting(case.pillar.key)
    text = paragraphs(await _who(ctx, ctx.t, case), _verdict(ctx.t, case))
    toast = "" if case.fresh else ctx.t.plain("This has been decided already.")
    return Screen(text, way_back(ctx.t, back), toast)


def _tell_them(desk: Desk, case: Case) -> None:
    if case.person is None:
        return
    t = desk.texts_of(case.person)
    outcome = Screen(_verdict(t, case), ((home(t),),))
    desk.tell(case.person, outcome, key=f"door{case.request.key}:outcome")


def _verdict(t: Texts, case: Case) -> str:
    name = case.pillar.name_in(t.language)
    if case.request.granted:
        return t("✅ Let into the group of the pillar {pillar}.", pillar=name)
    return t("❌ Not let into the group of the pillar {pillar} this time.", pillar=name)


@job("groups.door", every=timedelta(seconds=20))
async def open_and_ask(desk: Desk) -> None:
    for case in await door.late_comers(desk.session, desk.now):
        desk.owe(_ruling(case.request))
    for case in await door.to_be_told(desk.session, desk.now):
        for who in await door.in_charge(desk.session, case, desk.now):
            card = await _card(desk, desk.texts_of(who), case)
            desk.tell(who, card, key=f"door{case.request.key}:p{who.key}")


async def _card(
    desk: Desk, t: Texts, case: Case, turns: Rows = (), back: Button | None = None
) -> Screen:
    key = case.request.key
    ways = (
        LetIn(key).labelled(t.label("✅ Let in"), "success"),
        TurnAway(key).labelled(t.label("❌ Turn away")),
    )
    return Screen(await _who(desk, t, case), (ways, *turns, *way_back(t, back)))


async def _who(desk: Desk, t: Texts, case: Case) -> str:
    """What they told of themselves, and what we know."""
    person, where = case.person, None
    if person is not None and person.is_member:
        where = await organisations.find(desk.session, person.organisation_id or 0)
    pillar = case.pillar.name_in(t.language)
    return paragraphs(
        lines(
            t("🚪 <b>{name}</b> asks to be let in", name=case.name),
            t("Group of the pillar {pillar}", pillar=pillar),
            t("Verified: {organisation}", organisation=where.name)
            if where
            else t("Not a member of the cluster."),
        ),
        t("“{words}”", words=case.request.answer) if case.request.answer else "",
    )
