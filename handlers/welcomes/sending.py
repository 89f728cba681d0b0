"""The steps leave in their time, within what people want to get; one tap ends a series."""

import re
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from bot.domain import welcomes
from bot.domain.welcomes import Step, editing
from bot.kit.buttons import Button
from bot.kit.context import Context, Desk
from bot.kit.pushing import News
from bot.kit.routes import job, on
from bot.kit.screens import Screen
from handlers.links import OpenAttention, way_back
from handlers.welcomes.words import WORDS, leads_to
from storage.pushes import PushKind

TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class StopWelcome(Button, prefix="wel.no"):
    welcome_id: int


@job("welcomes", every=timedelta(minutes=30))
async def show_around(desk: Desk) -> None:
    await welcomes.begin(desk.session, desk.house.cluster.zone, desk.now)
    steps = await welcomes.due(desk.session, desk.house.cluster.zone, desk.now)
    news = [await _news(desk, step) for step in steps]
    await desk.push_all(PushKind.WELCOME, news)


async def _news(desk: Desk, step: Step) -> News:
    t = desk.texts_of(step.person)
    series = step.welcome.series
    own = await editing.text(desk.session, series, step.number, t.language)
    words = Markup(own) if own is not None else t(WORDS[series][step.number])
    label, button = leads_to(step)
    rows = (
        (button.labelled(t.label(label)),),
        (StopWelcome(step.welcome.key).labelled(t.label("🙅 I can manage now")),),
    )
    key = f"welcome{step.welcome.key}:{step.number}"
    return News(step.person, Screen(words, rows), key, _title(words), button, own_button=True)


def _title(words: str) -> str:
    """The first sentence, as the digest has it."""
    plain = Markup(TAGS.sub("", words)).unescape()
    return plain.partition("\n")[0]


@on(StopWelcome)
async def stop(ctx: Context, press: StopWelcome) -> Screen:
    await welcomes.decline(ctx.session, press.welcome_id, ctx.me, ctx.now)
    t = ctx.t
    words = t("All right, no more advice on this. What I write of my own accord can be chosen.")
    choose = OpenAttention().labelled(t.label("🔔 What I get"))
    return Screen(words, ((choose,), *way_back(t)))
