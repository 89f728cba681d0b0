"""Monday's digest as it is read: a line for each thing, and a button that opens it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

import structlog

from bot.domain.attention import digest
from bot.domain.attention.digest import Digest, Line
from bot.domain.refusals import Gone
from bot.kit import buttons, routes
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.errands import Trip
from bot.kit.paging import Page, page
from bot.kit.routes import on, watch
from bot.kit.screens import Answer, Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.attention.choosing import KINDS
from handlers.attention.ways import OpenDigest
from handlers.links import OpenAttention, home
from storage import blanks
from storage.announcements import Content, readers
from storage.outbox import Call

log = structlog.get_logger(__name__)
SHOWN = 8  # lines at once
IN_A_ROW = 4
TITLE = 100  # characters
KEPT = timedelta(days=7)  # after which the next one has come
ORDER = list(KINDS)


@dataclass(frozen=True)
class OpenLine(Button, prefix="att.line"):
    """What a line leads to, in a message of its own: the digest stays."""

    push_id: int


@dataclass(frozen=True)
class TurnDigest(Button, prefix="att.page"):
    """A page of the digest of a week; `day` is the ordinal of one of its days."""

    day: int
    page: int


@watch("digest", every=timedelta(minutes=1))
async def bring(trip: Trip) -> None:
    """Some hundreds of people in a transaction, so that nobody else waits for a long one."""
    zone = trip.house.cluster.zone
    while await _is_due(trip):
        async with trip.deliver() as desk:
            lot = await digest.assemble(desk.session, zone, desk.now)
            for each in lot.digests:
                screen = digest_screen(desk.texts_of(each.person), each)
                key = f"digest:{each.lines[0].push.line}:p{each.person.key}"
                awake = each.leaves if each.leaves > desk.now else None
                over = each.at + KEPT
                desk.tell(each.person, screen, key=key, not_before=awake, expires_at=over)
        if lot.dropped:
            log.info("lines of the digest were over", lines=lot.dropped)


async def _is_due(trip: Trip) -> bool:
    async with trip.look() as desk:
        return await digest.is_due(desk.session, desk.house.cluster.zone, desk.now)


@on(OpenDigest, reading=True)
async def open_last(ctx: Context, _: OpenDigest) -> Screen:
    its = await digest.last(ctx.session, ctx.me, ctx.house.cluster.zone, ctx.now)
    return digest_screen(ctx.t, its)


@on(TurnDigest, reading=True)
async def turn_page(ctx: Context, press: TurnDigest) -> Screen:
    zone = ctx.house.cluster.zone
    its = await digest.of_week(ctx.session, _day(press.day), ctx.me, zone, ctx.now)
    return digest_screen(ctx.t, its, press.page)


@on(OpenLine)
async def open_line(ctx: Context, press: OpenLine) -> Answer:
    line = await digest.open_line(ctx.session, press.push_id, ctx.me, ctx.now)
    if line.says:
        await _show(ctx, line.says)
        return None
    button = buttons.read(line.push.opens)
    if button is None:
        raise Gone
    shown = await routes.presses[type(button)].act(ctx, button)
    return replace(shown, fresh=True) if isinstance(shown, Screen) else shown


async def _show(ctx: Context, says: Sequence[Content]) -> None:
    """An announcement as everybody has got it."""
    chat, known = ctx.me.telegram_id, await readers.of(ctx.session, ctx.me.key)
    assert chat is not None
    for content in says:
        ctx.owe(Call(content.method, chat, blanks.filled(content.payload, known)))


def digest_screen(t: Texts, its: Digest, number: int = 0) -> Screen:
    in_order = sorted(its.lines, key=lambda line: ORDER.index(line.push.kind))
    shown = page(in_order, number, SHOWN)
    first = shown.number * SHOWN + 1
    text = paragraphs(
        t("🗞 <b>What is new in the cluster</b>, {day}", day=t.day(its.at)),
        *_sections(t, shown, first),
    )
    faces = [
        OpenLine(line.push.line).labelled(str(place))
        for place, line in enumerate(shown.items, first)
    ]
    rows = tuple(
        tuple(faces[start : start + IN_A_ROW]) for start in range(0, len(faces), IN_A_ROW)
    )
    choose = OpenAttention().labelled(t.label("📬 What I write to you"))
    return Screen(text, (*rows, *_more(t, its, shown), (choose, home(t))))


def _sections(t: Texts, shown: Page[Line], first: int) -> list[str]:
    numbered = enumerate(shown.items, first)
    return [
        lines(
            t("<b>{kind}</b>", kind=t.plain(KINDS[kind])),
            *(t("{n}. {title}", n=place, title=_title(t, line)) for place, line in its),
        )
        for kind, its in groupby(numbered, key=lambda each: each[1].push.kind)
    ]


def _title(t: Texts, line: Line) -> str:
    return _first_words(t, line.says[0]) if line.says else line.push.title


def _first_words(t: Texts, content: Content) -> str:
    payload = content.payload
    said = payload.get("text") or payload.get("caption") or ""
    if "media" in payload:
        said = next((each["caption"] for each in payload["media"] if each.get("caption")), "")
    words = blanks.outlined(str(said)).strip().partition("\n")[0]
    if not words:
        return t.plain("Pictures and files")
    return words if len(words) <= TITLE else f"{words[: TITLE - 1].rstrip()}…"


def _more(t: Texts, its: Digest, shown: Page[Line]) -> Rows:
    day = its.at.astimezone(t.zone).date().toordinal()
    if shown.number:
        return (shown.turns(lambda to: TurnDigest(day, to)),)
    if shown.count == 1:
        return ()
    label = t.label("Show all {n} ▸", n=len(its.lines))
    return ((TurnDigest(day, 1).labelled(label),),)


def _day(ordinal: int) -> date:
    try:
        return date.fromordinal(ordinal)
    except (ValueError, OverflowError):
        raise Gone from None
