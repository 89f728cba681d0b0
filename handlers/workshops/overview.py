"""The board of an event: one message, above the chat, that says how things stand and stays true.

A few times a minute we look whether what boards say is still so, beside everything else; only
what differs is written anew, and nothing while an earlier writing of it is still on its way.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from bot.domain.workshops import boards
from bot.domain.workshops import overview as overviews
from bot.domain.workshops.boards import Hanging
from bot.domain.workshops.overview import Overview
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context, Desk
from bot.kit.errands import Trip
from bot.kit.routes import on, watch
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.workshops.leading import lead_screen
from handlers.workshops.numbers import board_text
from handlers.workshops.ways import OpenBoard
from storage.outbox import Call, Priority

EVERY = timedelta(seconds=5)
PIN, UNPIN = "pinChatMessage", "unpinChatMessage"


@dataclass(frozen=True)
class CloseBoard(Button, prefix="ws.brd.x"):
    workshop_id: int


@dataclass(frozen=True)
class LeadAnew(Button, prefix="ws.brd.lead"):
    """The event's own screen below, so that the board stays what it is."""

    workshop_id: int


@dataclass(frozen=True)
class DrawBoard(Button, prefix="ws.brd.pic"):
    workshop_id: int


@dataclass(frozen=True)
class Rewriting:
    hanging: Hanging
    screen: Screen
    shown: str


@on(OpenBoard)
async def open_board(ctx: Context, press: OpenBoard) -> Screen:
    """Always as a message of its own; where the board was before, it says where it is now."""
    overview = await overviews.look_over(ctx.session, press.workshop_id, ctx.me, ctx.now)
    text = board_text(ctx.t, overview)
    old = await boards.hang(
        ctx.session, press.workshop_id, ctx.me, ctx.answer_key, _digest(text), ctx.now
    )
    if old is not None:
        moved = ctx.t("📊 The overview of <b>{title}</b> is below.", title=overview.event.title)
        ctx.rewrite(ctx.me, old, Screen(moved))
    return board_screen(ctx, ctx.t, overview, text, fresh=True)


def board_screen(
    desk: Desk, t: Texts, overview: Overview, text: str, *, fresh: bool = False
) -> Screen:
    changed = t("<i>Last change {when}</i>", when=t.moment(desk.now))
    return Screen(paragraphs(text, changed), _rows(t, overview), fresh=fresh)


def _rows(t: Texts, overview: Overview) -> Rows:
    key = overview.event.id
    return (
        (
            DrawBoard(key).labelled(t.label("🖼 As a picture")),
            LeadAnew(key).labelled(t.label("🛠 Manage")),
        ),
        (CloseBoard(key).labelled(t.label("✖️ Close the overview")),),
    )


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@on(LeadAnew, reading=True)
async def lead_anew(ctx: Context, press: LeadAnew) -> Screen:
    shown = await lead_screen(ctx, press.workshop_id)
    return Screen(shown.text, shown.rows, fresh=True)


@on(CloseBoard)
async def close_board(ctx: Context, press: CloseBoard) -> Screen:
    await boards.take_down(ctx.session, press.workshop_id, ctx.me)
    query = ctx.update.callback_query
    if query is not None and query.message is not None and ctx.me.telegram_id is not None:
        _pin(ctx, UNPIN, ctx.me.telegram_id, query.message.message_id)
    return await lead_screen(ctx, press.workshop_id)


def _pin(desk: Desk, method: str, chat_id: int, message_id: int) -> None:
    payload: dict[str, Any] = {"message_id": message_id}
    if method == PIN:
        payload["disable_notification"] = True
    desk.owe(Call(method, chat_id, payload, Priority.NOTICE))


@watch("boards", every=EVERY)
async def keep_true(trip: Trip) -> None:
    async with trip.look() as desk:
        survey = await boards.survey(desk.session, desk.now)
        stale = [each async for each in _stale(desk, survey.hanging)]
    if not stale and not survey.fallen:
        return
    async with trip.deliver() as desk:
        await boards.drop(desk.session, survey.fallen)
        for rewriting in stale:
            await _rewrite(desk, rewriting)


async def _stale(desk: Desk, hanging: Sequence[Hanging]) -> AsyncIterator[Rewriting]:
    """Boards that say what is not so any more, and those whose messages we have just heard of."""
    overviews_of: dict[int, Overview | None] = {}
    for each in hanging:
        key, t = each.board.workshop_id, desk.texts_of(each.person)
        if key not in overviews_of:
            overviews_of[key] = await overviews.of_event(desk.session, key, desk.now)
        overview = overviews_of[key]
        if overview is None:
            continue
        text = board_text(t, overview)
        shown = _digest(text)
        if shown != each.board.shown or each.board.message_id is None:
            yield Rewriting(each, board_screen(desk, t, overview, text), shown)


async def _rewrite(desk: Desk, rewriting: Rewriting) -> None:
    each, person = rewriting.hanging, rewriting.hanging.person
    key = f"{desk.occasion}:b{each.board.key}"
    if not await boards.written(desk.session, each, key, rewriting.shown, desk.now):
        return
    if rewriting.shown != each.board.shown:
        desk.rewrite(person, each.message_id, rewriting.screen, key=key)
    if each.board.message_id is None and person.telegram_id is not None:
        _pin(desk, PIN, person.telegram_id, each.message_id)
