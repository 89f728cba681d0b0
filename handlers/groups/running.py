"""What the guarantor of a pillar, and the team, do there."""

from collections.abc import Iterator

from bot.domain.groups import card as cards
from bot.domain.groups.card import Run
from bot.kit.buttons import Face
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.groups.keeping import OpenKept
from handlers.groups.ways import (
    ListMeetings,
    ListPillarRequests,
    ListTasks,
    ListTopics,
    OpenPillarChat,
    RunPillar,
)
from handlers.groups.words import leader_lines
from handlers.links import AnnounceToPillar, OpenPillar, way_back


@on(RunPillar, reading=True)
async def run_pillar(ctx: Context, press: RunPillar) -> Screen:
    t, run = ctx.t, await cards.run(ctx.session, press.pillar_id, ctx.me, ctx.now)
    pillar = run.card.pillar
    text = paragraphs(
        t("🛠 <b>{pillar}</b>", pillar=pillar.name_in(t.language)),
        lines(*leader_lines(ctx, run.card.leaders)) or t("It has no guarantor just now."),
        _waiting(t, run),
    )
    rows = tuple(_rows(t, run))
    return Screen(text, (*rows, *way_back(t, OpenPillar(pillar.key))))


def _waiting(t: Texts, run: Run) -> str:
    if not run.waiting:
        return ""
    return t.n(
        "🙋 {n} guest would like to join.", "🙋 {n} guests would like to join.", run.waiting
    )


def _rows(t: Texts, run: Run) -> Iterator[tuple[Face, ...]]:
    key = run.card.pillar.key
    if run.waiting:
        yield (ListPillarRequests(key).labelled(t.label("🙋 Who waits ({n})", n=run.waiting)),)
    yield (
        OpenPillarChat(key).labelled(t.label("💬 Telegram group")),
        ListMeetings(key).labelled(t.label("📅 Meetings")),
    )
    yield (
        ListTopics(key).labelled(t.label("💡 Our topics")),
        ListTasks(key).labelled(t.label("☑️ Tasks")),
    )
    if run.may_announce:
        yield (AnnounceToPillar(key).labelled(t.label("📣 Write to the pillar")),)
    if run.may_keep:
        yield (OpenKept(key).labelled(t.label("⚙️ Name, order, closing")),)
