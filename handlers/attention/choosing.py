"""What I am written to about by itself: each kind at once, on Mondays, or not at all."""

from dataclasses import dataclass, replace

from bot.domain.attention import wishes
from bot.domain.attention.wishes import WAYS, Wishes
from bot.domain.refusals import Gone
from bot.kit.buttons import Button, Face
from bot.kit.context import Context
from bot.kit.pushing import TurnDown
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.attention.ways import ChooseHours, ChooseWeekly, OpenDigest
from handlers.links import OpenAttention, OpenCallSettings, OpenSettings, way_back
from storage.pushes import UNLIMITED, PushKind, Way, waiting

KINDS = {
    PushKind.ANNOUNCEMENTS: gettext_noop("📣 Announcements"),
    PushKind.EVENTS: gettext_noop("📅 Events"),
    PushKind.CALLS: gettext_noop("💶 Grant calls"),
    PushKind.GROUPS: gettext_noop("👥 Working groups"),
    PushKind.EQUIPMENT: gettext_noop("🔬 Equipment"),
    PushKind.WELCOME: gettext_noop("👋 First steps"),
}
ABOUT = {
    PushKind.ANNOUNCEMENTS: gettext_noop("What the cluster's manager and the guarantors write."),
    PushKind.EVENTS: gettext_noop("Slides and photos after an event, and questions how it was."),
    PushKind.CALLS: gettext_noop("New calls that fit your organisation."),
    PushKind.GROUPS: gettext_noop("Minutes, new topics, and votes that you have not cast yet."),
    PushKind.EQUIPMENT: gettext_noop("Whether the records of your instruments still hold."),
    PushKind.WELCOME: gettext_noop("Advice for those who are new to something here."),
}
SIGNS = {Way.NOW: "🔔", Way.DIGEST: "🗞", Way.OFF: "🔕"}
LABELS = {
    Way.NOW: gettext_noop("🔔 At once"),
    Way.DIGEST: gettext_noop("🗞 On Mondays"),
    Way.OFF: gettext_noop("🔕 Not at all"),
}


@dataclass(frozen=True)
class OpenKind(Button, prefix="att.kind"):
    kind: str


@dataclass(frozen=True)
class Turn(Button, prefix="att.turn"):
    kind: str
    way: str


@on(OpenAttention, reading=True)
async def open_attention(ctx: Context, _: OpenAttention) -> Screen:
    return await attention_screen(ctx)


async def attention_screen(ctx: Context, toast: str = "") -> Screen:
    t, mine = ctx.t, await _wishes(ctx)
    kinds = [_kind(t, mine, kind) for kind in KINDS]
    rows = [
        *(tuple(kinds[start : start + 2]) for start in range(0, len(kinds), 2)),
        (
            ChooseWeekly().labelled(t.label("🔢 How often")),
            ChooseHours().labelled(t.label("🌙 Silence")),
        ),
    ]
    if ctx.me.is_member:
        rows.append((OpenCallSettings().labelled(t.label("💶 Which calls, and when")),))
    if await waiting.last_of(ctx.session, ctx.me.key) is not None:
        rows.append((OpenDigest().labelled(t.label("🗞 The last digest")),))
    text = paragraphs(
        t("📬 <b>What I write to you by myself</b>"),
        lines(_amount(t, mine), _silence(t, mine)),
        t("🔔 at once · 🗞 in Monday's digest · 🔕 not at all"),
        t("<i>What concerns you comes always: your seats, enquiries, and reminders that you "
          "asked for.</i>"),
    )  # fmt: skip
    return Screen(text, (*rows, *way_back(t, OpenSettings())), toast)


def _kind(t: Texts, mine: Wishes, kind: PushKind) -> Face:
    return OpenKind(kind.value).labelled(f"{SIGNS[mine.ways[kind]]} {_name(t, kind)}")


def _name(t: Texts, kind: PushKind) -> str:
    """Without its sign, where another one stands before it."""
    return t.label(KINDS[kind]).partition(" ")[2]


def _amount(t: Texts, mine: Wishes) -> str:
    if not mine.weekly:
        return t("Nothing comes by itself, all of it waits for Monday's digest.")
    if mine.weekly >= UNLIMITED:
        return t.n(
            "As much as there is comes at once. In the last week: <b>{n}</b> message.",
            "As much as there is comes at once. In the last week: <b>{n}</b> messages.",
            mine.lately,
        )
    return t(
        "In the last week: <b>{lately} of {weekly}</b>. What is more waits for Monday's digest.",
        lately=mine.lately,
        weekly=mine.weekly,
    )


def _silence(t: Texts, mine: Wishes) -> str:
    return t(
        "🌙 Silence: {since}:00–{until}:00, weekends and holidays",
        since=mine.quiet.since,
        until=mine.quiet.until,
    )


@on(OpenKind, reading=True)
async def open_kind(ctx: Context, press: OpenKind) -> Screen:
    return await _kind_screen(ctx, _read_kind(press.kind))


@on(TurnDown, reading=True)
async def turn_down(ctx: Context, press: TurnDown) -> Screen:
    """In a message of its own: what came is still to be read."""
    return replace(await _kind_screen(ctx, _read_kind(press.kind)), fresh=True)


@on(Turn)
async def turn(ctx: Context, press: Turn) -> Screen:
    kind = _read_kind(press.kind)
    if press.way not in set(Way):
        raise Gone
    await wishes.turn(ctx.session, ctx.me, kind, Way(press.way), ctx.now)
    return await _kind_screen(ctx, kind, ctx.t.plain("Saved."))


async def _kind_screen(ctx: Context, kind: PushKind, toast: str = "") -> Screen:
    t, mine = ctx.t, await _wishes(ctx)
    chosen = mine.ways[kind]
    rows = tuple(
        (Turn(kind.value, way.value).labelled(t.label(LABELS[way]) + _tick(way == chosen)),)
        for way in WAYS
    )
    text = paragraphs(
        t("<b>{name}</b>", name=t.plain(KINDS[kind])),
        t(ABOUT[kind]),
        t("How shall I bring it to you?"),
    )
    return Screen(text, (*rows, *way_back(t, OpenAttention())), toast)


def _tick(is_chosen: bool) -> str:
    return " ✓" if is_chosen else ""


async def _wishes(ctx: Context) -> Wishes:
    limit = ctx.house.cluster.weekly_pushes
    return await wishes.look(ctx.session, ctx.me, ctx.now, limit=limit)


def _read_kind(value: str) -> PushKind:
    if value not in set(PushKind):
        raise Gone
    return PushKind(value)
