"""The crossroads: home, help, and what to do with a message of no use."""

from bot.domain import confirmations, rights
from bot.domain.calls import browsing as calls
from bot.domain.rights import Action
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.routes import command, fallback, on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.links import (
    FindOrganisation,
    Home,
    ListPeople,
    ListQuestions,
    OpenAdmin,
    OpenHelp,
    OpenPrivacy,
    WriteToManager,
    way_back,
    ways,
)


@command("menu", describe=gettext_noop("Main menu"), reading=True)
async def menu(ctx: Context, _: str) -> Screen:
    return await _home(ctx)


@on(Home, reading=True)
async def go_home(ctx: Context, _: Home) -> Screen:
    return await _home(ctx)


@fallback("stale", reading=True)
async def stale(ctx: Context, _: Button | None) -> Screen:
    return await _home(ctx, toast=ctx.t.plain("This button is out of date. Here is the menu."))


@fallback("other")
async def other(ctx: Context, _: str) -> Screen:
    t, message = ctx.t, ctx.message
    if message is not None and (message.text or "").startswith("/"):
        words = t("I do not know this command. The menu has everything: /menu")
    else:
        words = t("I cannot read this. Please write what you are looking for, or open the menu.")
    return Screen(words, way_back(t))


async def _home(ctx: Context, toast: str = "") -> Screen:
    t = ctx.t
    text = paragraphs(
        t("<b>{cluster}</b>", cluster=ctx.house.cluster.name),
        t("What would you like to do? You can also just write what you are looking for."),
    )
    urgent = await calls.urgent(ctx.session, ctx.me, ctx.now)
    return Screen(text, (*ways(t, urgent), *await _own_way(ctx)), toast)


async def _own_way(ctx: Context) -> Rows:
    """What only some have on their way: the team, contact persons, guests."""
    t, me, session, now = ctx.t, ctx.me, ctx.session, ctx.now
    if await rights.may(session, me, Action.OPEN_ADMIN, now):
        return ((OpenAdmin().labelled(t.label("🛠 Manager's desk")),),)
    if me.organisation_id is None or not me.is_member:
        return ((FindOrganisation().labelled(t.label("🏢 I am from a member")),),)
    own = me.organisation_id
    if await rights.may(session, me, Action.SEE_COLLEAGUES, now, organisation_id=own):
        mine = (ListPeople(own).labelled(t.label("🏢 My organisation")),)
        waiting = len(await confirmations.waiting(session, me, now))
        return (_who_waits(t, waiting), mine) if waiting else (mine,)
    return ()


def _who_waits(t: Texts, number: int) -> tuple[Face, ...]:
    return (ListQuestions().labelled(t.label("🙋 Who waits ({n})", n=number)),)


@command("pomoc", "help", describe=gettext_noop("What the bot can do"), reading=True)
async def help_typed(ctx: Context, _: str) -> Screen:
    return _help(ctx)


@on(OpenHelp, reading=True)
async def open_help(ctx: Context, _: OpenHelp) -> Screen:
    return _help(ctx)


def _help(ctx: Context) -> Screen:
    t = ctx.t
    text = paragraphs(
        t("❓ <b>What I can do for you</b>"),
        lines(
            t("📅 /events – sign up for an event and get a reminder"),
            t("👥 /groups – the pillars of our field and who is in them"),
            t("🔬 /equipment – what members can measure, make and share"),
            t("💶 /calls – grant calls"),
            t("⚙️ /settings – your language and what I know of you"),
        ),
        t("🔎 Write a word or two, such as <i>lasers</i>, and I will search."),
    )
    privacy = OpenPrivacy().labelled(t.label("🔒 Privacy"))
    write = WriteToManager().labelled(t.label("✉️ Write to the manager"))
    return Screen(text, ((write,), (privacy,), *way_back(t)))
