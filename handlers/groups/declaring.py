"""An organisation says in which pillars it stands."""

from dataclasses import dataclass

from bot.domain.groups import declaring
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from handlers.links import ListPeople, ListPillarsOf, way_back

ROWS = 8  # pillars on one page


@dataclass(frozen=True)
class DeclarePillar(Button, prefix="pi.of.is"):
    """`stands` is 1 to stand there, 0 not to."""

    organisation_id: int
    pillar_id: int
    stands: int
    page: int


@on(ListPillarsOf, reading=True)
async def list_pillars_of(ctx: Context, press: ListPillarsOf) -> Screen:
    return await _screen(ctx, press.organisation_id, press.page)


@on(DeclarePillar)
async def declare(ctx: Context, press: DeclarePillar) -> Screen:
    home = press.organisation_id
    await declaring.declare(
        ctx.session, home, press.pillar_id, ctx.me, ctx.now, stands=bool(press.stands)
    )
    return await _screen(ctx, home, press.page, ctx.t.plain("Changed."))


async def _screen(ctx: Context, home: int, number: int, toast: str = "") -> Screen:
    t, found = ctx.t, await declaring.look(ctx.session, home, ctx.me, ctx.now)
    part = page(found.pillars, number, ROWS)
    rows = tuple(
        (
            DeclarePillar(home, each.key, int(each.key not in found.stands_in), number).labelled(
                f"{'✅' if each.key in found.stands_in else '⬜️'} {each.name_in(t.language)}"
            ),
        )
        for each in part.items
    )
    turns = part.turns(lambda to: ListPillarsOf(home, to))
    title = t("👥 <b>{name}</b>", name=found.organisation.name)
    words = t("In which pillars does the organisation stand? Its people join by themselves.")
    shown = (*rows, *((turns,) if turns else ()), *way_back(t, ListPeople(home)))
    return Screen(paragraphs(title, words), shown, toast)
