"""Where calls are read: each source in one glance, and what the manager may do with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.calls import watching
from bot.domain.calls.watching import Card
from bot.kit import paging
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.calls.source_ways import AllowHost, ListHosts, ListTwins, OpenSource
from handlers.calls.troubles import in_words, missing_host
from handlers.calls.ways import ListSources, OpenCallsDesk
from handlers.links import way_back
from storage.calls.sources import Outcome, Reading, Source

MARKS = {Outcome.READ: "🟢", Outcome.UNCHANGED: "🟢", Outcome.DEGRADED: "🔴", Outcome.FAILED: "🟡"}


@dataclass(frozen=True)
class SwitchSource(Button, prefix="ca.so.on"):
    source_id: int
    on: int


@dataclass(frozen=True)
class AskToTrust(Button, prefix="ca.so.tr"):
    """Asks once more."""

    source_id: int


@dataclass(frozen=True)
class TrustSource(Button, prefix="ca.so.try"):
    source_id: int
    trusted: int


@dataclass(frozen=True)
class ReadSource(Button, prefix="ca.so.now"):
    source_id: int


@dataclass(frozen=True)
class TakeAsUsual(Button, prefix="ca.so.ok"):
    """What it gives now is all there is."""

    source_id: int


@on(ListSources, reading=True)
async def list_sources(ctx: Context, press: ListSources) -> Screen:
    t = ctx.t
    sources = await watching.listed(ctx.session, ctx.me, ctx.now)
    shown = paging.page(sources, press.page)
    head = t("📡 <b>Where I look for calls</b>")
    said = [_line(t, each) for each in shown.items]
    none = t("No source is set up yet. They are listed in config.toml; see docs/sources.md.")
    rows: Rows = tuple(
        (OpenSource(each.key).labelled(f"{mark(each)} {each.name}"[:60]),) for each in shown.items
    )
    turns = shown.turns(ListSources)
    more: Rows = (
        (
            ListHosts().labelled(t.label("🌐 Allowed hosts")),
            ListTwins().labelled(t.label("👯 The same call?")),
        ),
    )
    text = paragraphs(head, lines(*said) or none, _ill(t, sources))
    return Screen(
        text, (*rows, *((turns,) if turns else ()), *more, *way_back(t, OpenCallsDesk()))
    )


def mark(source: Source) -> str:
    if not source.active:
        return "⚪️"
    if source.degraded_since is not None:
        return "🔴"
    if source.problem:
        return "🟡"
    return "🟢" if source.read_at else "🕐"


def _line(t: Texts, source: Source) -> str:
    trusted = " · " + t.plain("trusted") if source.trusted else ""
    return t(
        "{mark} <b>{name}</b> · {state}{trusted}",
        mark=mark(source),
        name=source.name,
        state=_state(t, source),
        trusted=trusted,
    )


def _state(t: Texts, source: Source) -> str:
    if not source.active:
        return t.plain("off")
    if source.degraded_since is not None:
        return t.plain("degraded since {when}", when=t.moment(source.degraded_since))
    if source.read_at is None:
        return t.plain("not read yet")
    return t.plain("{found}, read {when}", found=found(t, source), when=t.moment(source.read_at))


def found(t: Texts, source: Source) -> str:
    return t.plain_n("{n} item", "{n} items", source.found or 0)


def _ill(t: Texts, sources: Sequence[Source]) -> str:
    ill = sum(each.active and each.degraded_since is not None for each in sources)
    return t.n("{n} source needs your eye.", "{n} sources need your eye.", ill) if ill else ""


@on(OpenSource, reading=True)
async def open_source(ctx: Context, press: OpenSource) -> Screen:
    return await source_screen(ctx, press.source_id)


@on(SwitchSource)
async def switch_source(ctx: Context, press: SwitchSource) -> Screen:
    on_ = bool(press.on)
    await watching.switch(ctx.session, press.source_id, ctx.me, ctx.now, on=on_)
    said = ctx.t.plain("On. I read it in a moment.") if on_ else ctx.t.plain("Off.")
    return await source_screen(ctx, press.source_id, said)


@on(AskToTrust, reading=True)
async def ask_to_trust(ctx: Context, press: AskToTrust) -> Screen:
    t = ctx.t
    card = await watching.look(ctx.session, press.source_id, ctx.me, ctx.now)
    text = paragraphs(
        t("🤝 Trust <b>{name}</b>?", name=card.source.name),
        t(
            "Its new calls that belong to a pillar will go to members at once, without your yes."
            " You can take the trust back at any time."
        ),
    )
    yes = TrustSource(press.source_id, 1).labelled(t.label("Yes, trust it"), "success")
    return Screen(text, ((yes,), *way_back(t, OpenSource(press.source_id))))


@on(TrustSource)
async def trust_source(ctx: Context, press: TrustSource) -> Screen:
    trusted = bool(press.trusted)
    await watching.trust(ctx.session, press.source_id, ctx.me, ctx.now, trusted=trusted)
    t = ctx.t
    said = t.plain("It is trusted now.") if trusted else t.plain("Its calls wait for your yes.")
    return await source_screen(ctx, press.source_id, said)


@on(ReadSource)
async def read_source(ctx: Context, press: ReadSource) -> Screen:
    reading = await watching.read_now(ctx.session, press.source_id, ctx.me, ctx.now)
    facts = {"source_id": press.source_id, "reading_id": reading.key, "asker_id": ctx.me.key}
    await ctx.errand("calls.read", **facts)
    said = ctx.t.plain("I am reading it. I shall write how it went.")
    return await source_screen(ctx, press.source_id, said)


@on(TakeAsUsual)
async def take_as_usual(ctx: Context, press: TakeAsUsual) -> Screen:
    await watching.take_as_usual(ctx.session, press.source_id, ctx.me, ctx.now)
    said = ctx.t.plain("Noted. I read it again in a moment.")
    return await source_screen(ctx, press.source_id, said)


async def source_screen(ctx: Context, source_id: int, toast: str = "") -> Screen:
    t = ctx.t
    card = await watching.look(ctx.session, source_id, ctx.me, ctx.now)
    source = card.source
    text = paragraphs(
        t("{mark} <b>{name}</b>", mark=mark(source), name=source.name),
        lines(*_facts(t, card)),
        _trouble(t, card) if source.active else "",
        lines(t("<b>Last readings</b>"), *(_reading(t, each) for each in card.latest))
        if card.latest
        else "",
    )
    return Screen(text, (*_deeds(t, card), *way_back(t, ListSources())), toast)


def _facts(t: Texts, card: Card) -> list[str]:
    source = card.source
    every = t.n("🔁 Read every {n} minute", "🔁 Read every {n} minutes", source.every)
    usual = t.plain_n("{n} as a rule", "{n} as a rule", source.usual or 0)
    return [
        t("🌐 {address}", address=source.address),
        every if source.active else t("⚪️ Off: I do not read it."),
        t("📄 {found}, {usual}", found=found(t, source), usual=usual) if source.found else "",
        t("🤝 Trusted: its calls go out without your yes.") if source.trusted else "",
        t("⏭ Next reading {when}", when=t.moment(source.next_at))
        if source.active and source.next_at
        else "",
    ]


def _trouble(t: Texts, card: Card) -> str:
    source = card.source
    why = t("Why: {why}.", why=in_words(t, source.problem)) if source.problem else ""
    since = source.degraded_since
    if since is None:
        return why
    return lines(
        t("🔴 <b>Degraded since {when}.</b>", when=t.moment(since)),
        why,
        t("Nothing is closed or announced from it until it recovers."),
    )


def _reading(t: Texts, reading: Reading) -> str:
    when = t.moment(reading.began_at)
    if reading.outcome is None:
        return t("⏳ {when} – being read", when=when)
    if reading.outcome == Outcome.UNCHANGED:
        return t("🟢 {when} – nothing new", when=when)
    if reading.outcome != Outcome.READ:
        why = in_words(t, reading.problem)
        return t("{mark} {when} – {why}", mark=MARKS[reading.outcome], when=when, why=why)
    return t(
        "🟢 {when} – found {found}, new {fresh}, changes {changed}",
        when=when,
        found=t.number(reading.found),
        fresh=t.number(reading.fresh),
        changed=t.number(reading.changed),
    )


def _deeds(t: Texts, card: Card) -> Rows:
    source, key = card.source, card.source.key
    rows: list[tuple[Face, ...]] = []
    missing = missing_host(source.problem) or ("" if card.may_be_asked else card.host)
    if missing:
        label = t.label("✅ Allow {host}", host=missing[:40])
        rows.append((AllowHost(key).labelled(label, "success"),))
    if source.degraded_since is not None and source.found:
        rows.append((TakeAsUsual(key).labelled(t.label("👌 It gives no more than this")),))
    if not source.active:
        return (*rows, (SwitchSource(key, 1).labelled(t.label("▶️ Switch on"), "success"),))
    if not card.is_being_read:
        rows.append((ReadSource(key).labelled(t.label("🔄 Read now")),))
    trust: Button = TrustSource(key, 0) if source.trusted else AskToTrust(key)
    label = t.label("✋ Trust it no more") if source.trusted else t.label("🤝 Trust it")
    off = SwitchSource(key, 0).labelled(t.label("⏸ Switch off"))
    return (*rows, (trust.labelled(label), off))
