"""The people of an organisation: appointed, dismissed, parted with."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import rights, roles
from bot.domain.refusals import Gone
from bot.domain.rights import Action
from bot.domain.roles import Member
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.paging import ROWS, Page, page
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.links import (
    InviteInto,
    ListPeople,
    ListPillarsOf,
    ListQuestions,
    OpenAdmin,
    OpenProfileOf,
    way_back,
)
from storage import pillars
from storage.people import RoleName
from storage.pillars import Pillar

PILLARS = 8  # on one page
NAMES = {
    RoleName.CONTACT: gettext_noop("Contact person"),
    RoleName.GUARANTOR: gettext_noop("Guarantor"),
    RoleName.TECHNICAL_GUARANTOR: gettext_noop("Technical guarantor"),
    RoleName.BOARD: gettext_noop("Board member"),
    RoleName.AMBASSADOR: gettext_noop("Ambassador"),
    RoleName.ASSISTANT: gettext_noop("Manager's assistant"),
    RoleName.MANAGER: gettext_noop("Manager"),
}
DUTIES = {
    RoleName.CONTACT: gettext_noop(
        "You confirm and invite your colleagues. You find them under /start."
    ),
    RoleName.ASSISTANT: gettext_noop("You find the manager's desk under /admin."),
}


@dataclass(frozen=True)
class OpenPerson(Button, prefix="pe.open"):
    person_id: int


@dataclass(frozen=True)
class Appoint(Button, prefix="pe.app"):
    person_id: int
    role: str


@dataclass(frozen=True)
class Dismiss(Button, prefix="pe.dis"):
    person_id: int
    role: str


@dataclass(frozen=True)
class ListGuarantees(Button, prefix="pe.gar"):
    person_id: int


@dataclass(frozen=True)
class PageGuarantees(Button, prefix="pe.gar.p"):
    person_id: int
    page: int


@dataclass(frozen=True)
class AppointTo(Button, prefix="pe.app.p"):
    person_id: int
    role: str
    pillar_id: int


@dataclass(frozen=True)
class DismissFrom(Button, prefix="pe.dis.p"):
    person_id: int
    role: str
    pillar_id: int


@dataclass(frozen=True)
class PartWith(Button, prefix="pe.part"):
    """Asks once more."""

    person_id: int


@dataclass(frozen=True)
class PartSurely(Button, prefix="pe.part!"):
    person_id: int


@on(ListPeople, reading=True)
async def list_people(ctx: Context, press: ListPeople) -> Screen:
    t, where = ctx.t, press.organisation_id
    number = max(press.page, 0)
    found = await roles.colleagues(
        ctx.session, ctx.me, where, ctx.now, skip=number * ROWS, limit=ROWS
    )
    title = t("👥 <b>{name}</b>", name=found.organisation.name)
    ways = (
        InviteInto(where).labelled(t.label("✉️ Invite")),
        ListQuestions().labelled(t.label("🙋 Waiting")),
    )
    is_team = await rights.may(ctx.session, ctx.me, Action.OPEN_ADMIN, ctx.now)
    profile = (
        OpenProfileOf(where).labelled(t.label("🏢 Region and size")),
        ListPillarsOf(where).labelled(t.label("👥 Pillars")),
    )
    last = (ways, profile, *way_back(t, OpenAdmin() if is_team else None))
    if not found.count:
        nobody = t("Nobody of them has come yet. An invitation brings the first.")
        return Screen(paragraphs(title, nobody), last)
    part = Page(found.members, number, -(-found.count // ROWS))
    rows = [(_line(t, member),) for member in part.items]
    turns = part.turns(lambda to: ListPeople(where, to))
    count = t.n("{n} verified person:", "{n} verified people:", found.count)
    return Screen(paragraphs(title, count), (*rows, *((turns,) if turns else ()), *last))


def _line(t: Texts, member: Member) -> Face:
    sign = "📇 " if member.holds(RoleName.CONTACT) else ""
    return OpenPerson(member.person.key).labelled(f"{sign}{member.person.name}")


@on(OpenPerson, reading=True)
async def open_person(ctx: Context, press: OpenPerson) -> Screen:
    return await _card(ctx, await roles.look(ctx.session, ctx.me, press.person_id, ctx.now))


@on(Appoint)
async def appoint(ctx: Context, press: Appoint) -> Screen:
    name = _role(press.role)
    member, is_new = await roles.appoint(ctx.session, ctx.me, press.person_id, name, ctx.now)
    if is_new:
        _tell_appointed(ctx, member, name)
    return await _card(ctx, member, toast=ctx.t.plain("Appointed."))


@on(Dismiss)
async def dismiss(ctx: Context, press: Dismiss) -> Screen:
    name = _role(press.role)
    member = await roles.dismiss(ctx.session, ctx.me, press.person_id, name, ctx.now)
    return await _card(ctx, member, toast=ctx.t.plain("The role has ended."))


@on(ListGuarantees, reading=True)
async def list_guarantees(ctx: Context, press: ListGuarantees) -> Screen:
    return await page_guarantees(ctx, PageGuarantees(press.person_id, 0))


@on(PageGuarantees, reading=True)
async def page_guarantees(ctx: Context, press: PageGuarantees) -> Screen:
    await rights.require(ctx.session, ctx.me, Action.APPOINT, ctx.now)
    member = await roles.look(ctx.session, ctx.me, press.person_id, ctx.now)
    return await _guarantees(ctx, member, press.page)


@on(AppointTo)
async def appoint_to(ctx: Context, press: AppointTo) -> Screen:
    name, pillar = _role(press.role), press.pillar_id
    member, is_new = await roles.appoint(
        ctx.session, ctx.me, press.person_id, name, ctx.now, pillar
    )
    if is_new:
        _tell_appointed(ctx, member, name)
    return await _guarantees(ctx, member, await _page_of(ctx, pillar), ctx.t.plain("Appointed."))


@on(DismissFrom)
async def dismiss_from(ctx: Context, press: DismissFrom) -> Screen:
    name, pillar = _role(press.role), press.pillar_id
    member = await roles.dismiss(ctx.session, ctx.me, press.person_id, name, ctx.now, pillar)
    ended = ctx.t.plain("The role has ended.")
    return await _guarantees(ctx, member, await _page_of(ctx, pillar), ended)


@on(PartWith, reading=True)
async def part_with(ctx: Context, press: PartWith) -> Screen:
    member, _ = await roles.whom_to_part_with(ctx.session, ctx.me, press.person_id, ctx.now)
    t, person = ctx.t, member.person
    words = t(
        "🚪 Is <b>{name}</b> with you no longer? They will be a guest, without any role.",
        name=person.name,
    )
    sure = PartSurely(person.key).labelled(t.label("🚪 Yes, end it"), "danger")
    return Screen(words, ((sure,), *way_back(t, OpenPerson(person.key))))


@on(PartSurely)
async def part_surely(ctx: Context, press: PartSurely) -> Screen:
    member, left = await roles.part_with(ctx.session, ctx.me, press.person_id, ctx.now)
    name, t = left.name, ctx.texts_of(member.person)
    words = t("Your membership for <b>{name}</b> has ended. You are our guest now.", name=name)
    ctx.tell(member.person, Screen(words, way_back(t)))
    done = ctx.t("<b>{name}</b> is a guest now.", name=member.person.name)
    return Screen(done, way_back(ctx.t, ListPeople(left.key)))


def _role(value: str) -> RoleName:
    if value not in set(RoleName):
        raise Gone
    return RoleName(value)


def _tell_appointed(ctx: Context, member: Member, name: RoleName) -> None:
    t = ctx.texts_of(member.person)
    what = t("📇 You have a new role: <b>{role}</b>.", role=t.plain(NAMES[name]))
    duty = t(DUTIES[name]) if name in DUTIES else ""
    ctx.tell(member.person, Screen(paragraphs(what, duty), way_back(t)))


async def _card(ctx: Context, member: Member, toast: str = "") -> Screen:
    t, person = ctx.t, member.person
    who = t('👤 <a href="tg://user?id={id}">{name}</a>', id=person.telegram_id, name=person.name)
    where = t("{words}", words=member.organisation.name) if member.organisation else t("Guest")
    held = [t("• {role}", role=words) for words in await _held(ctx, member)]
    text = paragraphs(lines(who, where), lines(*held) or t("No roles."))
    rows: Rows = ()
    if await rights.may(ctx.session, ctx.me, Action.APPOINT, ctx.now):
        text = paragraphs(text, t("➕ appoints, ➖ ends a role."))
        rows = tuple((_switch(t, member, name),) for name in roles.APPOINTABLE)
        rows = (
            *rows,
            (ListGuarantees(person.key).labelled(t.label("🔬 Guarantor of a pillar…")),),
        )
    if await roles.may_part_with(ctx.session, ctx.me, member, ctx.now):
        rows = (*rows, (PartWith(person.key).labelled(t.label("🚪 No longer with us")),))
    back = ListPeople(person.organisation_id) if person.organisation_id else OpenAdmin()
    return Screen(text, (*rows, *way_back(t, back)), toast)


def _switch(t: Texts, member: Member, name: RoleName) -> Face:
    label, key = t.plain(NAMES[name]), member.person.key
    if member.holds(name):
        return Dismiss(key, name).labelled(f"➖ {label}")
    return Appoint(key, name).labelled(f"➕ {label}")


async def _held(ctx: Context, member: Member) -> list[str]:
    """The names of the roles, with the pillar where there is one."""
    names = {each.key: each.name_in(ctx.t.language) for each in await _pillars(ctx)}
    held = []
    for role in member.roles:
        pillar = names.get(role.pillar_id or 0)
        name = ctx.t.plain(NAMES[role.name])
        held.append(f"{name}: {pillar}" if pillar else name)
    return held


async def _page_of(ctx: Context, pillar_id: int) -> int:
    """Where the pillar stands in the list of those somebody may answer for."""
    keys = [each.key for each in await _pillars(ctx)]
    return keys.index(pillar_id) // PILLARS if pillar_id in keys else 0


async def _guarantees(ctx: Context, member: Member, number: int, toast: str = "") -> Screen:
    t, key = ctx.t, member.person.key
    part = page(await _pillars(ctx), number, PILLARS)
    text = t(
        "🔬 Which pillars does <b>{name}</b> answer for? On the left guarantor, on the right"
        " technical guarantor; ➕ appoints, ➖ ends a role.",
        name=member.person.name,
    )
    rows = tuple(
        (
            _pillar_switch(member, RoleName.GUARANTOR, pillar, pillar.name_in(t.language)),
            _pillar_switch(member, RoleName.TECHNICAL_GUARANTOR, pillar, t.label("technical")),
        )
        for pillar in part.items
    )
    turns = part.turns(lambda to: PageGuarantees(key, to))
    shown = (*rows, *((turns,) if turns else ()), *way_back(t, OpenPerson(key)))
    return Screen(text, shown, toast)


def _pillar_switch(member: Member, name: RoleName, pillar: Pillar, label: str) -> Face:
    key = member.person.key
    if member.holds(name, pillar.key):
        return DismissFrom(key, name, pillar.key).labelled(f"➖ {label}")
    return AppointTo(key, name, pillar.key).labelled(f"➕ {label}")


async def _pillars(ctx: Context) -> Sequence[Pillar]:
    return await pillars.standing(ctx.session, ctx.now)
