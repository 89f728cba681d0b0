"""The manager passes an enquiry on to somebody who can answer it."""

from dataclasses import dataclass

from bot.domain.instruments import answering
from bot.kit.buttons import Button, Face
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from handlers.equipment.delivering import announce
from handlers.equipment.enquiry import card_screen, subject
from handlers.equipment.enquiry_ways import OpenEnquiry, PassOn
from handlers.links import way_back
from storage import organisations
from storage.people import Person


@dataclass(frozen=True)
class PassOnTo(Button, prefix="iq.fw.y"):
    enquiry_id: int
    person_id: int


@on(PassOn, reading=True)
async def pass_on(ctx: Context, press: PassOn) -> Screen:
    t, key = ctx.t, press.enquiry_id
    case, people = await answering.who_could(ctx.session, key, ctx.me, ctx.now)
    title = t("↪️ Who could answer about <b>{subject}</b>?", subject=subject(t, case))
    back = way_back(t, OpenEnquiry(key))
    if not people:
        nobody = t("Nobody who could answer can be reached here. Please ask them by phone.")
        return Screen(paragraphs(title, nobody), back)
    part = page(people, press.page)
    rows = [(await _face(ctx, key, person),) for person in part.items]
    turns = part.turns(lambda to: PassOn(key, to))
    return Screen(title, (*rows, *((turns,) if turns else ()), *back))


async def _face(ctx: Context, enquiry_id: int, person: Person) -> Face:
    home = person.organisation_id
    where = await organisations.find(ctx.session, home) if home else None
    label = f"{person.name} · {where.short}" if where else person.name
    return PassOnTo(enquiry_id, person.key).labelled(label)


@on(PassOnTo)
async def pass_on_to(ctx: Context, press: PassOnTo) -> Screen:
    put = await answering.forward(
        ctx.session,
        press.enquiry_id,
        press.person_id,
        ctx.me,
        ctx.house.cluster.zone,
        ctx.now,
    )
    announce(ctx, put)
    return await card_screen(ctx, press.enquiry_id, ctx.t.plain("Passed on."))
