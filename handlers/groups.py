"""Working groups: the pillars of the field, and which members stand in each."""

from dataclasses import dataclass

from bot.domain import pillars
from bot.domain.pillars import Group
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import command, on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.links import ListPillars, way_back
from storage.organisations import Organisation

ROWS = 10  # organisations on one page: lines of text, no buttons


@dataclass(frozen=True)
class OpenPillar(Button, prefix="pi.open"):
    pillar_id: int
    page: int = 0


@command("skupiny", "groups", describe=gettext_noop("Working groups"), reading=True)
async def list_groups(ctx: Context, _: str) -> Screen:
    return await _overview(ctx)


@on(ListPillars, reading=True)
async def show_groups(ctx: Context, _: ListPillars) -> Screen:
    return await _overview(ctx)


@on(OpenPillar, reading=True)
async def open_group(ctx: Context, press: OpenPillar) -> Screen:
    group = await pillars.group(ctx.session, press.pillar_id, ctx.me, ctx.now)
    return _group(ctx.t, group, press.page)


async def _overview(ctx: Context) -> Screen:
    t, found = ctx.t, await pillars.overview(ctx.session, ctx.now)
    title = t("👥 <b>Working groups</b>")
    if not found:
        text = paragraphs(title, t("No pillar has been set up yet. The manager will add them."))
        return Screen(text, way_back(t))
    rows = tuple(
        (OpenPillar(pillar.key).labelled(f"{pillar.name_in(t.language)} · {count}"),)
        for pillar, count in found
    )
    words = t("Each pillar of our field has a working group. Which one would you like to see?")
    return Screen(paragraphs(title, words), (*rows, *way_back(t)))


def _group(t: Texts, group: Group, number: int) -> Screen:
    pillar, found = group.pillar, group.organisations
    title = t("👥 <b>{pillar}</b>", pillar=pillar.name_in(t.language))
    if not found:
        nobody = t("No member stands in this pillar yet. The manager can add yours.")
        return Screen(paragraphs(title, nobody), way_back(t, ListPillars()))
    part = page(found, number, ROWS)
    count = t.n("{n} member organisation:", "{n} member organisations:", len(found))
    names = lines(*(_line(t, organisation) for organisation in part.items))
    turns = part.turns(lambda to: OpenPillar(pillar.key, to))
    rows = (turns,) if turns else ()
    text = paragraphs(title, lines(count, names))
    return Screen(text, (*rows, *way_back(t, ListPillars())))


def _line(t: Texts, organisation: Organisation) -> str:
    if organisation.town:
        return t("• {name}, {town}", name=organisation.name, town=organisation.town)
    return t("• {name}", name=organisation.name)
