"""What an event counts as in the plan of the year."""

from dataclasses import dataclass

from bot.domain import workshops
from bot.domain.refusals import Gone
from bot.domain.workshops import settings
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from handlers.links import way_back
from handlers.workshops.editing import ChangeWhat
from handlers.workshops.leading import editor
from handlers.workshops.ways import ChooseEventKind
from handlers.workshops.words import event_kind
from storage.workshops import Kind


@dataclass(frozen=True)
class MakeEvent(Button, prefix="ws.kind.is"):
    workshop_id: int
    kind: str


@on(ChooseEventKind, reading=True)
async def choose(ctx: Context, press: ChooseEventKind) -> Screen:
    return await _kinds(ctx, press.workshop_id)


@on(MakeEvent)
async def make(ctx: Context, press: MakeEvent) -> Screen:
    if press.kind not in list(Kind):
        raise Gone
    await settings.make_event(editor(ctx, press.workshop_id), Kind(press.kind))
    return await _kinds(ctx, press.workshop_id, ctx.t.plain("Changed."))


async def _kinds(ctx: Context, workshop_id: int, toast: str = "") -> Screen:
    event, _ = await workshops.editable(ctx.session, workshop_id, ctx.me, ctx.now)
    t, key = ctx.t, event.id
    rows = tuple(
        (
            MakeEvent(key, kind).labelled(
                ("✅ " if kind == event.kind else "") + event_kind(t, kind)
            ),
        )
        for kind in Kind
    )
    text = paragraphs(
        t("🏷 What is <b>{title}</b>?", title=event.title),
        t("By this it is counted in the plan of the year."),
    )
    return Screen(text, (*rows, *way_back(t, ChangeWhat(key))), toast)
