"""Hello and goodbye: what somebody sees first, and who blocks the bot or comes back to it."""

from telegram import ChatMemberUpdated

from bot.domain import confirmations, people, rights
from bot.domain.calls import browsing as calls
from bot.domain.confirmations import Case
from bot.domain.rights import Action
from bot.kit.buttons import Face, Rows
from bot.kit.context import Context, Desk
from bot.kit.routes import command, on_membership
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import gettext_noop
from handlers.links import (
    FindOrganisation,
    Home,
    ListPeople,
    ListWorkshops,
    OpenAdmin,
    TakeQuestionBack,
    home,
    ways,
)
from storage import organisations
from storage import people as store


@command("start", describe=gettext_noop("Begin here"), listed=False)
async def start(ctx: Context, _: str) -> Screen:
    if ctx.me.is_member:
        return await _greet_member(ctx)
    if await rights.may(ctx.session, ctx.me, Action.OPEN_ADMIN, ctx.now):
        return Screen(_hello(ctx), (*ways(ctx.t), _desk(ctx)))
    pending = await confirmations.pending(ctx.session, ctx.me)
    return _greet_waiting(ctx, pending) if pending else _greet_guest(ctx)


async def _greet_member(ctx: Context) -> Screen:
    assert ctx.me.organisation_id is not None
    organisation = await organisations.find(ctx.session, ctx.me.organisation_id)
    assert organisation is not None
    whose = ctx.t("Organisation: <b>{name}</b>", name=organisation.name)
    urgent = await calls.urgent(ctx.session, ctx.me, ctx.now)
    rows = (*ways(ctx.t, urgent), *await _own_way(ctx))
    return Screen(paragraphs(_hello(ctx), whose), rows)


async def _own_way(ctx: Context) -> Rows:
    """What only the team and contact persons have on their way."""
    own, now = ctx.me.organisation_id, ctx.now
    if await rights.may(ctx.session, ctx.me, Action.OPEN_ADMIN, now):
        return (_desk(ctx),)
    see = Action.SEE_COLLEAGUES
    if own and await rights.may(ctx.session, ctx.me, see, now, organisation_id=own):
        return ((ListPeople(own).labelled(ctx.t.label("🏢 My organisation")),),)
    return ()


def _desk(ctx: Context) -> tuple[Face, ...]:
    return (OpenAdmin().labelled(ctx.t.label("🛠 Manager's desk")),)


def _greet_waiting(ctx: Context, case: Case) -> Screen:
    t = ctx.t
    waiting = t(
        "I have asked <b>{organisation}</b> about you ({day}). "
        "I will write as soon as they answer; until then you are our guest.",
        organisation=case.organisation.name,
        day=t.date(case.question.asked_at.astimezone(t.zone)),
    )
    rows = ((TakeQuestionBack().labelled(t.label("↩️ Take the question back")),),)
    return Screen(paragraphs(_hello(ctx), waiting), (*rows, *_ways_in(ctx)))


def _greet_guest(ctx: Context) -> Screen:
    t = ctx.t
    text = paragraphs(
        _hello(ctx),
        t("With me you will find events, working groups, equipment and grant calls."),
        t("Are you from a member organisation? Tell me which one, and I will have you confirmed."),
    )
    rows = (
        (FindOrganisation().labelled(t.label("🏢 I am from a member")),),
        (
            ListWorkshops().labelled(t.label("📅 Events")),
            Home().labelled(t.label("👀 I am a guest")),
        ),
    )
    return Screen(text, rows)


def _hello(ctx: Context) -> str:
    return ctx.t(
        "👋 Hello! I am Paprsek, the assistant of <b>{cluster}</b>.",
        cluster=ctx.house.cluster.name,
    )


def _ways_in(ctx: Context) -> Rows:
    return ((ListWorkshops().labelled(ctx.t.label("📅 Events")), home(ctx.t)),)


@on_membership
async def come_or_go(desk: Desk, change: ChatMemberUpdated) -> None:
    """Somebody blocks or unblocks the bot in their own chat."""
    if change.chat.type != "private":
        return
    person = await store.by_telegram(desk.session, change.chat.id)
    if person is None:
        return
    if change.new_chat_member.status == "kicked":
        await people.left(desk.session, person, desk.now)
    else:
        await people.came_back(desk.session, person, desk.now)
