"""Trying an announcement out: as its real readers will get it, and as oneself would."""

from dataclasses import dataclass

from bot.domain.announcements import previewing
from bot.domain.announcements.previewing import Example
from bot.kit.buttons import Button, Face
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.announcements.cards import (
    BackToDraft,
    ChooseAudience,
    Preview,
    screen,
    send_contents,
    send_screen,
)
from handlers.links import way_back


@dataclass(frozen=True)
class TryOut(Button, prefix="an.try"):
    """Send it to me, as I would get it."""

    announcement_id: int


@on(Preview, reading=True)
async def preview(ctx: Context, press: Preview) -> Screen | None:
    shown = await previewing.example(
        ctx.session, press.announcement_id, press.number, ctx.me, ctx.now
    )
    if shown.person is None:
        return _nobody(ctx.t, shown)
    send_contents(ctx, shown.contents)
    send_screen(ctx, _whose(ctx.t, shown))
    return None


@on(TryOut, reading=True)
async def try_out(ctx: Context, press: TryOut) -> None:
    card, contents = await previewing.for_me(ctx.session, press.announcement_id, ctx.me, ctx.now)
    send_contents(ctx, contents)
    send_screen(ctx, screen(ctx, card))


def _nobody(t: Texts, shown: Example) -> Screen:
    card = shown.card
    key = card.announcement.key
    choose = ((ChooseAudience(key).labelled(t.label("👥 Choose for whom")),),)
    words = t("Nobody would get it yet. Choose for whom it is, and I will show it as they see it.")
    rows = (*(choose if card.may_address else ()), (_to_me(t, key),))
    return Screen(words, (*rows, *way_back(t, BackToDraft(key))))


def _whose(t: Texts, shown: Example) -> Screen:
    assert shown.person is not None
    key = shown.card.announcement.key
    name = t("☝️ This is how <b>{name}</b> will get it.", name=shown.person.name)
    turns: tuple[Face, ...] = ()
    if shown.count > 1:
        before, after = (shown.number - 1) % shown.count, (shown.number + 1) % shown.count
        turns = (
            Preview(key, before).labelled("◀"),
            Preview(key, shown.number).labelled(f"{shown.number + 1}/{shown.count}"),
            Preview(key, after).labelled("▶"),
        )
    rows = (*((turns,) if turns else ()), (_to_me(t, key),), *way_back(t, BackToDraft(key)))
    theirs = t("{organisation}", organisation=shown.organisation) if shown.organisation else ""
    return Screen(paragraphs(name, theirs), rows)


def _to_me(t: Texts, key: int) -> Face:
    return TryOut(key).labelled(t.label("📩 Send it to me to try"))
