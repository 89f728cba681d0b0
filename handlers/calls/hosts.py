"""Whom we may ask for calls: hosts that the manager allows, one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Message

from bot.domain.calls import values, watching
from bot.domain.refusals import Gone
from bot.kit import paging
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, Unclear, begin
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from bot.sources.addresses import Refused, as_host
from handlers.calls import troubles
from handlers.calls.source_ways import AllowHost, ListHosts
from handlers.calls.sources import source_screen
from handlers.calls.ways import ListSources
from handlers.links import way_back
from storage.calls.sources import Source

SHOWN = 48  # characters of a host on a button


@dataclass(frozen=True)
class AddHost(Button, prefix="ca.host.add"):
    pass


@dataclass(frozen=True)
class WithdrawHost(Button, prefix="ca.host.no"):
    """`mark` stands for the host, which may be too long for a button."""

    mark: str


@on(ListHosts, reading=True)
async def list_hosts(ctx: Context, press: ListHosts) -> Screen:
    return await _hosts_screen(ctx, press.page)


async def _hosts_screen(ctx: Context, page: int = 0, toast: str = "") -> Screen:
    t = ctx.t
    hosts = await watching.hosts(ctx.session, ctx.me, ctx.now)
    shown = paging.page(hosts, page)
    said = [_line(t, each.name, each.sources) for each in shown.items]
    text = paragraphs(
        t("{words}", words=toast) if toast and ctx.message else "",
        t("🌐 <b>Allowed hosts</b>"),
        t("I ask nobody else. A source whose host is not here cannot be read."),
        lines(*said) if said else t("None is allowed yet. Add the first one."),
    )
    rows: Rows = tuple(
        (WithdrawHost(values.mark(each.name)).labelled(f"🗑 {each.name[:SHOWN]}"),)
        for each in shown.items
    )
    turns = shown.turns(ListHosts)
    add = AddHost().labelled(t.label("➕ Allow a host"))
    ways = (*rows, *((turns,) if turns else ()), (add,), *way_back(t, ListSources()))
    return Screen(text, ways, toast)


def _line(t: Texts, host: str, sources: Sequence[Source]) -> str:
    if not sources:
        return t("• <code>{host}</code>", host=host)
    names = ", ".join(each.name for each in sources)
    return t("• <code>{host}</code> ({sources})", host=host, sources=names)


@on(AllowHost)
async def allow_host(ctx: Context, press: AllowHost) -> Screen:
    """The host of a source, or the one that it sends us to."""
    card = await watching.look(ctx.session, press.source_id, ctx.me, ctx.now)
    host = troubles.missing_host(card.source.problem) or card.host
    if not host:
        raise Gone
    await watching.allow(ctx.session, host, ctx.me, ctx.now)
    said = ctx.t.plain("{host} may be asked now.", host=host)
    return await source_screen(ctx, press.source_id, said)


@on(WithdrawHost)
async def withdraw_host(ctx: Context, press: WithdrawHost) -> Screen:
    hosts = await watching.hosts(ctx.session, ctx.me, ctx.now)
    host = next((each.name for each in hosts if values.mark(each.name) == press.mark), None)
    if host is None:
        raise Gone
    await watching.withdraw(ctx.session, host, ctx.me, ctx.now)
    return await _hosts_screen(ctx, toast=ctx.t.plain("{host} is not asked any more.", host=host))


@on(AddHost)
async def add_host(ctx: Context, _: AddHost) -> Answer:
    await watching.hosts(ctx.session, ctx.me, ctx.now)  # only for those who may
    return await begin(ctx, HOST)


def _ask(ctx: Context, _: Answers) -> Screen:
    asked = ctx.t("🌐 Which host may I ask? Write its name, or paste an address from there.")
    return Screen(lines(asked, ctx.t("For example <code>www.example.org</code>")))


def _read(ctx: Context, message: Message) -> str:
    try:
        return as_host(message.text or "")
    except Refused:
        raise Unclear(
            ctx.t("This is not a public host. It looks like this: <code>www.example.org</code>")
        ) from None


async def _done(ctx: Context, answers: Answers) -> Answer:
    host = str(answers["host"])
    await watching.allow(ctx.session, host, ctx.me, ctx.now)
    return await _hosts_screen(ctx, toast=ctx.t.plain("{host} may be asked now.", host=host))


async def _left(ctx: Context, _: Answers) -> Answer:
    return await _hosts_screen(ctx)


HOST = Form("calls.host", (Question("host", _ask, _read),), _done, _left)
