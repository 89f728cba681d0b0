"""Looking for an organisation by its name: one's own, or another to invite into or look at."""

from dataclasses import replace

from telegram import Message

from bot.domain import organisations
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.forms import Answers, Form, Question, Unclear, begin
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, paragraphs
from bot.kit.texts import Texts
from handlers.links import (
    AskToJoin,
    ChooseOrganisation,
    FindOrganisation,
    InviteInto,
    ListPeople,
    OpenAdmin,
    way_back,
)
from storage.organisations import Organisation

JOIN, INVITE, PEOPLE = "join", "invite", "people"


@on(FindOrganisation)
async def find_mine(ctx: Context, _: FindOrganisation) -> Answer:
    return await begin(ctx, FORM, why=JOIN)


@on(ChooseOrganisation)
async def choose(ctx: Context, press: ChooseOrganisation) -> Answer:
    return await begin(ctx, FORM, why=press.why)


def _ask(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    titles = {
        JOIN: t("🏢 <b>Where do you work?</b>"),
        INVITE: t("✉️ <b>Which organisation is the invitation to?</b>"),
    }
    title = titles.get(answers["why"], t("👥 <b>Whose people?</b>"))
    return Screen(paragraphs(title, t("Write its name; a part of it is enough.")))


def _read(ctx: Context, message: Message) -> str:
    text = (message.text or "").strip()
    if not text:
        raise Unclear(ctx.t("I need the name in words."))
    return text


async def _answer(ctx: Context, answers: Answers) -> Answer:
    why, text = answers["why"], answers["text"]
    found = await organisations.search(ctx.session, text)
    if not found:
        again = await begin(ctx, FORM, why=why)
        assert isinstance(again, Screen)
        return replace(again, text=paragraphs(_nothing(ctx.t, why, text), again.text))
    rows = [(_leads_to(why, each).labelled(each.short),) for each in found]
    again_button = FindOrganisation() if why == JOIN else ChooseOrganisation(why)
    rows.append((again_button.labelled(ctx.t.label("🔎 Search again")),))
    return Screen(ctx.t("Is it one of these?"), (*rows, *way_back(ctx.t, _back(why))))


def _nothing(t: Texts, why: str, text: str) -> str:
    nothing = t("I know no member organisation like “{name}”.", name=text[:60])
    if why != JOIN:
        return nothing
    return paragraphs(nothing, t("If yours is not a member yet, you are welcome as a guest."))


def _leads_to(why: str, organisation: Organisation) -> Button:
    match why:
        case "join":
            return AskToJoin(organisation.key)
        case "invite":
            return InviteInto(organisation.key)
    return ListPeople(organisation.key)


def _back(why: str) -> Button | None:
    return None if why == JOIN else OpenAdmin()


async def _left(ctx: Context, answers: Answers) -> Answer:
    back = _back(answers.get("why", JOIN))
    return Screen(ctx.t("All right, nothing was changed."), way_back(ctx.t, back))


FORM = Form("organisation.find", (Question("text", _ask, _read),), _answer, _left)
