"""Answers that somebody wanted to be remembered: shown, and forgotten when they say so."""

from dataclasses import dataclass

from bot.domain.workshops import registration
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, lines, paragraphs
from handlers.links import OpenHabits, OpenPrivacy, way_back
from handlers.workshops.answers import SUBJECTS, said


@dataclass(frozen=True)
class ForgetHabits(Button, prefix="ws.hab.del"):
    pass


@on(OpenHabits, reading=True)
async def open_habits(ctx: Context, _: OpenHabits) -> Screen:
    t = ctx.t
    kept = await registration.habits(ctx.session, ctx.me)
    remembered = lines(
        *(
            t(
                "{subject}: <b>{answer}</b>",
                subject=t.plain(SUBJECTS[each.subject]),
                answer=said(t, each.subject, each.words),
            )
            for each in kept
        )
    )
    text = paragraphs(
        t("💾 <b>Answers that I remember for you</b>"),
        remembered or t("None. After you answer an organiser I offer to remember it."),
        t("I offer them with one tap when an organiser asks again.") if kept else "",
    )
    forget = (ForgetHabits().labelled(t.label("🗑 Forget them")),)
    return Screen(text, (*((forget,) if kept else ()), *way_back(t, OpenPrivacy())))


@on(ForgetHabits)
async def forget_habits(ctx: Context, _: ForgetHabits) -> Screen:
    await registration.forget_habits(ctx.session, ctx.me)
    shown = await open_habits(ctx, OpenHabits())
    return Screen(shown.text, shown.rows, ctx.t.plain("Forgotten."))
