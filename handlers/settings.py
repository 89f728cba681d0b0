"""Settings: the language, and what the bot knows of somebody at a glance."""

from dataclasses import dataclass

from bot.domain import people
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.routes import command, on
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import gettext_noop
from handlers.links import (
    FindOrganisation,
    OpenAttention,
    OpenCalendarFeed,
    OpenCallSettings,
    OpenPrivacy,
    OpenSettings,
    way_back,
)
from storage import organisations

LANGUAGES = (("cs", "🇨🇿 Čeština"), ("en", "🇬🇧 English"))


@dataclass(frozen=True)
class Speak(Button, prefix="set.lang"):
    language: str


@command("nastaveni", "settings", describe=gettext_noop("Language and profile"), reading=True)
async def settings(ctx: Context, _: str) -> Screen:
    return await _screen(ctx)


@on(OpenSettings, reading=True)
async def open_settings(ctx: Context, _: OpenSettings) -> Screen:
    return await _screen(ctx)


@on(Speak)
async def speak(ctx: Context, press: Speak) -> Screen:
    await people.speak(ctx.session, ctx.me, press.language)
    return await _screen(ctx, toast=ctx.t.plain("I will write in English."))


async def _screen(ctx: Context, toast: str = "") -> Screen:
    t, where = ctx.t, ctx.me.organisation_id
    organisation = await organisations.find(ctx.session, where) if where else None
    text = paragraphs(
        t("⚙️ <b>Settings</b>"),
        lines(
            t("Name: <b>{name}</b> (from your Telegram profile)", name=ctx.me.name),
            t("Organisation: <b>{name}</b>", name=organisation.name)
            if organisation
            else t("Organisation: none, you are our guest"),
        ),
    )
    rows: Rows = (tuple(_language(ctx, *each) for each in LANGUAGES),)
    if organisation is None:
        rows = (*rows, (FindOrganisation().labelled(t.label("🏢 I am from a member")),))
    attention = OpenAttention().labelled(t.label("📬 What I write to you"))
    rows = (*rows, (attention,))
    if ctx.house.public_url:
        rows = (*rows, (OpenCalendarFeed().labelled(t.label("📆 My calendar")),))
    if ctx.me.is_member:
        rows = (*rows, (OpenCallSettings().labelled(t.label("🔔 Grant alerts")),))
    privacy = OpenPrivacy().labelled(t.label("🔒 Privacy"))
    return Screen(text, (*rows, (privacy,), *way_back(t)), toast)


def _language(ctx: Context, code: str, name: str) -> Face:
    sign = " ✓" if ctx.me.language == code else ""
    return Speak(code).labelled(name + sign)
