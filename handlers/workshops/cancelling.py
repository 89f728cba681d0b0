"""An event is called off, or ends early: asked once more, then all who would come are told."""

from dataclasses import dataclass

from bot.domain import workshops
from bot.domain.workshops import ending
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.links import way_back
from handlers.workshops.changes import promise_change, promise_ending
from handlers.workshops.leading import Cancel, editor, lead_screen
from handlers.workshops.ways import Lead
from handlers.workshops.words import part_name
from storage.workshops import Event


@dataclass(frozen=True)
class CancelForSure(Button, prefix="ws.off!"):
    workshop_id: int


@dataclass(frozen=True)
class EndForSure(Button, prefix="ws.end!"):
    workshop_id: int


@on(Cancel, reading=True)
async def cancel(ctx: Context, press: Cancel) -> Screen:
    t = ctx.t
    event, people = await workshops.editable(ctx.session, press.workshop_id, ctx.me, ctx.now)
    told = t.n("{n} person will be told.", "{n} people will be told.", people) if people else ""
    final = t("This cannot be taken back.")
    if event.starts_at <= ctx.now:
        text = paragraphs(_what_ends(ctx, event), lines(told, final))
        sure = EndForSure(event.id).labelled(t.label("⏹ Yes, end it now"), "danger")
    else:
        text = paragraphs(t("❌ Cancel <b>{title}</b>?", title=event.title), told, final)
        sure = CancelForSure(event.id).labelled(t.label("❌ Yes, cancel it"), "danger")
    return Screen(text, ((sure,), *way_back(t, Lead(event.id))))


def _what_ends(ctx: Context, event: Event) -> str:
    t = ctx.t
    coming = [part for part in event.parts if part.starts_at > ctx.now]
    return paragraphs(
        t("⏹ <b>{title}</b> has begun already. End it now?", title=event.title),
        lines(
            t("What goes on ends. What was stays, with the list of those who came."),
            *(_dropped(t, part_name(t, part)) for part in coming),
        ),
    )


def _dropped(t: Texts, part: str) -> str:
    return t("❌ {part} will not take place.", part=part)


@on(CancelForSure)
async def cancel_for_sure(ctx: Context, press: CancelForSure) -> Screen:
    change = await ending.cancel(editor(ctx, press.workshop_id))
    await promise_change(ctx, change)
    return await lead_screen(ctx, press.workshop_id, ctx.t.plain("The event is cancelled."))


@on(EndForSure)
async def end_for_sure(ctx: Context, press: EndForSure) -> Screen:
    ended = await ending.end_early(editor(ctx, press.workshop_id))
    await promise_ending(ctx, ended)
    return await lead_screen(ctx, press.workshop_id, ctx.t.plain("The event has ended."))
