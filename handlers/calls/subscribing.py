"""What I want to hear of, and when: the pace, kinds of calls, pillars."""

from dataclasses import dataclass

from bot.domain.calls import alerting, profile, subscribing
from bot.domain.calls.subscribing import Wishes
from bot.domain.refusals import Gone
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.paging import page, place
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.calls.listing import few
from handlers.calls.terms import KINDS
from handlers.calls.ways import OpenProfile
from handlers.links import ListCalls, OpenCallSettings, way_back
from storage.calls.records import Kind
from storage.calls.subscriptions import Pace

PILLARS = 8  # on one page
PACES = {
    Pace.NOW: gettext_noop("at once"),
    Pace.DAILY: gettext_noop("daily at 8:00"),
    Pace.WEEKLY: gettext_noop("on Mondays at 8:00"),
    Pace.OFF: gettext_noop("not at all"),
}


@dataclass(frozen=True)
class SetPace(Button, prefix="ca.set.p"):
    pace: str


@dataclass(frozen=True)
class ChoosePace(Button, prefix="ca.set.when"):
    pass


@dataclass(frozen=True)
class ChooseKinds(Button, prefix="ca.set.kinds"):
    pass


@dataclass(frozen=True)
class ToggleKind(Button, prefix="ca.set.k"):
    kind: str


@dataclass(frozen=True)
class ChoosePillars(Button, prefix="ca.set.pis"):
    pass


@dataclass(frozen=True)
class PagePillars(Button, prefix="ca.set.pis.p"):
    page: int


@dataclass(frozen=True)
class TogglePillar(Button, prefix="ca.set.pi"):
    pillar_id: int


@dataclass(frozen=True)
class AsOrganisation(Button, prefix="ca.set.own"):
    """Hear of the organisation's pillars."""


@on(OpenCallSettings, reading=True)
async def open_settings(ctx: Context, _: OpenCallSettings) -> Screen:
    wishes = await subscribing.look(ctx.session, ctx.me, ctx.now)
    if wishes.subscription is None:
        return _pace_screen(ctx.t, wishes)
    return await settings_screen(ctx)


@on(ChoosePace, reading=True)
async def choose_pace(ctx: Context, _: ChoosePace) -> Screen:
    return _pace_screen(ctx.t, await subscribing.look(ctx.session, ctx.me, ctx.now))


@on(SetPace)
async def set_pace(ctx: Context, press: SetPace) -> Screen:
    if press.pace not in set(Pace):
        raise Gone
    await subscribing.set_pace(ctx.session, ctx.me, Pace(press.pace), ctx.now)
    return await settings_screen(ctx, toast=ctx.t.plain("Noted."))


@on(ChooseKinds, reading=True)
async def choose_kinds(ctx: Context, _: ChooseKinds) -> Screen:
    return await _kinds_screen(ctx)


@on(ToggleKind)
async def toggle_kind(ctx: Context, press: ToggleKind) -> Screen:
    if press.kind not in set(Kind):
        raise Gone
    await subscribing.toggle_kind(ctx.session, ctx.me, Kind(press.kind), ctx.now)
    return await _kinds_screen(ctx)


@on(ChoosePillars, reading=True)
async def choose_pillars(ctx: Context, _: ChoosePillars) -> Screen:
    return _pillars_screen(ctx.t, await subscribing.look(ctx.session, ctx.me, ctx.now))


@on(PagePillars, reading=True)
async def page_pillars(ctx: Context, press: PagePillars) -> Screen:
    wishes = await subscribing.look(ctx.session, ctx.me, ctx.now)
    return _pillars_screen(ctx.t, wishes, press.page)


@on(TogglePillar)
async def toggle_pillar(ctx: Context, press: TogglePillar) -> Screen:
    await subscribing.toggle_pillar(ctx.session, ctx.me, press.pillar_id, ctx.now)
    wishes = await subscribing.look(ctx.session, ctx.me, ctx.now)
    number = place(wishes.pillars, lambda each: each.key == press.pillar_id, PILLARS)
    return _pillars_screen(ctx.t, wishes, number)


@on(AsOrganisation)
async def as_organisation(ctx: Context, _: AsOrganisation) -> Screen:
    await subscribing.as_organisation(ctx.session, ctx.me, ctx.now)
    return _pillars_screen(ctx.t, await subscribing.look(ctx.session, ctx.me, ctx.now))


async def settings_screen(ctx: Context, toast: str = "") -> Screen:
    t = ctx.t
    wishes = await subscribing.look(ctx.session, ctx.me, ctx.now)
    ours = await profile.mine(ctx.session, ctx.me, ctx.now)
    asks = ours.may_keep and not ours.is_complete
    text = paragraphs(
        t("🔔 <b>Alerts about grant calls</b>"),
        lines(
            t("I write: <b>{pace}</b>", pace=t.plain(PACES[wishes.pace])),
            t("Kinds: {kinds}", kinds=_kinds(t, wishes)),
            t("Pillars: {pillars}", pillars=_pillars(t, wishes)),
        ),
        _how(t, wishes.pace),
        t("🏢 Please tell me the region and size of your organisation: I will say at once where"
          " you may not apply.") if asks else "",
    )  # fmt: skip
    rows: Rows = (
        (ChoosePace().labelled(t.label("🕗 When")), ChooseKinds().labelled(t.label("🏷 Kinds"))),
        (
            ChoosePillars().labelled(t.label("👥 Pillars")),
            OpenProfile().labelled(t.label("🏢 Organisation"), "primary" if asks else None),
        ),
    )
    return Screen(text, (*rows, *way_back(t, ListCalls())), toast)


def _pace_screen(t: Texts, wishes: Wishes) -> Screen:
    text = paragraphs(
        t("🔔 <b>Shall I write to you of grant calls?</b>"),
        t("New ones of your pillars, in one message, with how well they fit you and why."),
        lines(
            t(
                "<b>At once</b> means calls with a fit of {fit} or more whose deadline is within"
                " {days} days; all others come the next morning.",
                fit=alerting.URGENT_FIT,
                days=alerting.URGENT_DAYS,
            ),
            t("I never write at night, at weekends or on public holidays."),
        ),
    )
    chosen = wishes.pace if wishes.subscription else None
    faces = [_choice(t, PACES[pace], SetPace(pace.value), pace == chosen) for pace in Pace]
    rows = (tuple(faces[:2]), tuple(faces[2:]))
    back = OpenCallSettings() if wishes.subscription else ListCalls()
    return Screen(text, (*rows, *way_back(t, back)))


async def _kinds_screen(ctx: Context) -> Screen:
    t = ctx.t
    wishes = await subscribing.look(ctx.session, ctx.me, ctx.now)
    text = paragraphs(
        t("🏷 <b>Which kinds of calls shall I write of?</b>"),
        t("Regional calls and vouchers come from the regions; international ones are those of"
          " other countries and alliances, such as NATO."),
    )  # fmt: skip
    faces = [_choice(t, KINDS[kind], ToggleKind(kind.value), wishes.wants(kind)) for kind in Kind]
    rows = (tuple(faces[:2]), tuple(faces[2:4]), tuple(faces[4:]))
    return Screen(text, (*rows, *way_back(t, OpenCallSettings())))


def _pillars_screen(t: Texts, wishes: Wishes, number: int = 0) -> Screen:
    part = page(wishes.pillars, number, PILLARS)
    text = paragraphs(
        t("👥 <b>Which pillars shall I write of?</b>"),
        t("These are your own choice.")
        if wishes.chosen
        else t("These are the pillars of your organisation; choose and they are your own."),
    )
    rows: Rows = tuple(
        (
            TogglePillar(each.key).labelled(
                _sign(each.key in wishes.heard_of) + each.name_in(t.language)
            ),
        )
        for each in part.items
    )
    if turns := part.turns(PagePillars):
        rows = (*rows, turns)
    if wishes.chosen:
        own = AsOrganisation().labelled(t.label("↩️ As my organisation"))
        rows = (*rows, (own,))
    return Screen(text, (*rows, *way_back(t, OpenCallSettings())))


def _choice(t: Texts, name: str, button: Button, chosen: bool) -> Face:
    words = t.plain(name)
    return button.labelled(_sign(chosen) + words[:1].upper() + words[1:])


def _sign(chosen: bool) -> str:
    return "✅ " if chosen else "▫️ "


def _kinds(t: Texts, wishes: Wishes) -> str:
    return ", ".join(t.plain(KINDS[kind]) for kind in Kind if wishes.wants(kind))


def _pillars(t: Texts, wishes: Wishes) -> str:
    names = [each.name_in(t.language) for each in wishes.pillars if each.key in wishes.heard_of]
    if not names:
        return t.plain("none; choose some, so that something comes")
    said = few(t, names)
    return said if wishes.chosen else t.plain("{pillars} (as your organisation)", pillars=said)


def _how(t: Texts, pace: Pace) -> str:
    if pace == Pace.OFF:
        return t("I do not write of new calls. What you follow I still remind you of.")
    return t("One message at a time; each has a button to turn it down.")
