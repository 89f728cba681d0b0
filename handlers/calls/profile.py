"""What our organisation is when it bids: its region and size, told by its contact person."""

from dataclasses import dataclass

from bot.domain.calls import profile
from bot.domain.calls.profile import View
from bot.domain.calls.regions import REGIONS
from bot.domain.refusals import Gone
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.calls import words
from handlers.calls.ways import OpenProfile
from handlers.links import ListPeople, OpenCallSettings, OpenProfileOf, way_back
from storage.calls.subscriptions import Size

SIZES = {
    Size.MICRO: gettext_noop("Micro, up to 9 people"),
    Size.SMALL: gettext_noop("Small, up to 49"),
    Size.MEDIUM: gettext_noop("Medium, up to 249"),
    Size.LARGE: gettext_noop("Large, 250 and more"),
}


@dataclass(frozen=True)
class ChooseRegion(Button, prefix="ca.prof.rs"):
    organisation_id: int


@dataclass(frozen=True)
class SetRegion(Button, prefix="ca.prof.r"):
    organisation_id: int
    region: str


@dataclass(frozen=True)
class ChooseSize(Button, prefix="ca.prof.ss"):
    organisation_id: int


@dataclass(frozen=True)
class SetSize(Button, prefix="ca.prof.s"):
    organisation_id: int
    size: str


@on(OpenProfile, reading=True)
async def open_profile(ctx: Context, _: OpenProfile) -> Screen:
    return _screen(ctx, await profile.mine(ctx.session, ctx.me, ctx.now))


@on(OpenProfileOf, reading=True)
async def open_profile_of(ctx: Context, press: OpenProfileOf) -> Screen:
    return _screen(ctx, await _look(ctx, press.organisation_id))


@on(ChooseRegion, reading=True)
async def choose_region(ctx: Context, press: ChooseRegion) -> Screen:
    t = ctx.t
    theirs = await _look(ctx, press.organisation_id)
    key = theirs.organisation.key
    faces = [
        SetRegion(key, code).labelled(_sign(code == theirs.region) + words.region(t, code))
        for code in REGIONS
    ]
    rows = tuple(tuple(faces[start : start + 2]) for start in range(0, len(faces), 2))
    text = t("📍 <b>In which region do you do your projects?</b>")
    return Screen(text, (*rows, *way_back(t, OpenProfileOf(key))))


@on(SetRegion)
async def set_region(ctx: Context, press: SetRegion) -> Screen:
    theirs = await profile.set_region(
        ctx.session, press.organisation_id, press.region, ctx.me, ctx.now
    )
    if theirs.asks_size and theirs.size is None:
        return _size_screen(ctx.t, theirs)
    return _screen(ctx, theirs)


@on(ChooseSize, reading=True)
async def choose_size(ctx: Context, press: ChooseSize) -> Screen:
    return _size_screen(ctx.t, await _look(ctx, press.organisation_id))


@on(SetSize)
async def set_size(ctx: Context, press: SetSize) -> Screen:
    if press.size not in set(Size):
        raise Gone
    size = Size(press.size)
    theirs = await profile.set_size(ctx.session, press.organisation_id, size, ctx.me, ctx.now)
    return _screen(ctx, theirs)


async def _look(ctx: Context, organisation_id: int) -> View:
    return await profile.look(ctx.session, organisation_id, ctx.me, ctx.now)


def _screen(ctx: Context, ours: View) -> Screen:
    t, key = ctx.t, ours.organisation.key
    text = paragraphs(
        t("🏢 <b>{name}</b>", name=ours.organisation.name),
        lines(
            t("Region: {region}", region=_region(t, ours)),
            t("Size: {size}", size=_size(t, ours)) if ours.asks_size else "",
        ),
        t("From this I say where you may apply and where you may not, such as in calls that leave"
          " out Prague.")
        if ours.may_keep
        else t("Your contact person or the team of the cluster can change this."),
    )  # fmt: skip
    rows: Rows = ()
    if ours.may_keep:
        region = ChooseRegion(key).labelled(t.label("📍 Region"))
        size = ChooseSize(key).labelled(t.label("👥 Size"))
        rows = ((region, size),) if ours.asks_size else ((region,),)
    mine = ctx.me.organisation_id == key
    return Screen(text, (*rows, *way_back(t, OpenCallSettings() if mine else ListPeople(key))))


def _size_screen(t: Texts, ours: View) -> Screen:
    text = paragraphs(
        t("👥 <b>How large is your organisation?</b>"),
        t("As the European Commission counts: with all firms that you own or that own you."),
    )
    rows = tuple(
        (
            SetSize(ours.organisation.key, size.value).labelled(
                _sign(size == ours.size) + t.plain(name)
            ),
        )
        for size, name in SIZES.items()
    )
    return Screen(text, (*rows, *way_back(t, OpenProfileOf(ours.organisation.key))))


def _region(t: Texts, ours: View) -> str:
    if not ours.region:
        return t.plain("not known yet")
    name = words.region(t, ours.region)
    return name if ours.region_told else t.plain("{region} (by your seat)", region=name)


def _size(t: Texts, ours: View) -> str:
    return t.plain(SIZES[ours.size]) if ours.size else t.plain("not known yet")


def _sign(chosen: bool) -> str:
    return "✅ " if chosen else ""
