"""Grant calls: for now we only say honestly that there are none to show."""

from bot.kit.context import Context
from bot.kit.routes import command, on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import gettext_noop
from handlers.links import ListCalls, OpenHelp, way_back


@command("vyzvy", "calls", describe=gettext_noop("Grant calls"), reading=True)
async def list_calls(ctx: Context, _: str) -> Screen:
    return _screen(ctx)


@on(ListCalls, reading=True)
async def show_calls(ctx: Context, _: ListCalls) -> Screen:
    return _screen(ctx)


def _screen(ctx: Context) -> Screen:
    text = paragraphs(
        ctx.t("💶 <b>Grant calls</b>"),
        ctx.t(
            "There is nothing here yet. Once we watch grant calls for you, you will find here"
            " those that suit optics, with their deadlines."
        ),
        ctx.t("Are you looking for a grant now? Ask the manager; you find them in the help."),
    )
    help_me = OpenHelp().labelled(ctx.t.label("❓ Help"))
    return Screen(text, ((help_me,), *way_back(ctx.t)))
