"""Beginning to look for a partner: a role, a share, own words, and one more look before asking."""

from dataclasses import dataclass

from telegram import Message

from bot.domain.calls import partners
from bot.domain.calls.choosing import MOST
from bot.domain.calls.partner_search import Search
from bot.domain.calls.partners import WHAT, Wish
from bot.domain.instruments import enquiries
from bot.domain.instruments.enquiries import Illegible
from bot.kit import forms
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, Unclear
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, paragraphs
from handlers.calls.asked_partners import tell_asked
from handlers.calls.partner_words import ROLES, wish
from handlers.calls.partners import search_screen, searches_screen
from handlers.calls.ways import SeekPartner
from handlers.links import ListCalls, OpenCall, way_back
from storage.calls.bids import Role

SHARES = (10, 20, 30, 50)  # per cent
NOT_SAID = 0


@dataclass(frozen=True)
class SeekAnother(Button, prefix="cp.new"):
    """Begin another search for the same call."""

    call_id: int


@on(SeekPartner)
async def seek_partner(ctx: Context, press: SeekPartner) -> Answer:
    found = await partners.of_call(ctx.session, press.call_id, ctx.me)
    if found:
        more = SeekAnother(press.call_id).labelled(ctx.t.label("➕ Look for another one"))
        return await searches_screen(ctx, press.call_id, found, more)
    return await _begin(ctx, press.call_id)


@on(SeekAnother)
async def seek_another(ctx: Context, press: SeekAnother) -> Answer:
    return await _begin(ctx, press.call_id)


async def _begin(ctx: Context, call_id: int) -> Answer:
    call = await partners.open_call(ctx.session, call_id, ctx.me, ctx.now)
    return await forms.begin(ctx, FORM, call_id=call.key)


def _ask_role(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    text = paragraphs(
        t("🤝 <b>Looking for a partner</b>"),
        t.n(
            "I will ask up to {n} member who fits, without saying who you are.",
            "I will ask up to {n} members who fit, without saying who you are.",
            MOST,
        ),
        t("1/4 <b>Whom do you need?</b>"),
    )
    rows = tuple(
        (Choose("role", role.value).labelled(t.label(words)),) for role, words in ROLES.items()
    )
    return Screen(text, rows)


def _read_role(ctx: Context, _: Message) -> str:
    raise Unclear(ctx.t("Please press one of the buttons."))


def _choose_role(_: Context, value: str) -> str:
    return value if value in set(Role) else Role.PARTNER.value


def _ask_share(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    text = t("2/4 <b>How much of the budget would be theirs?</b> Choose, or write per cent.")
    shares = tuple(Choose("share", str(each)).labelled(f"{each} %") for each in SHARES)
    skip = Choose("share", str(NOT_SAID)).labelled(t.label("⏭ To be agreed"))
    return Screen(text, (shares, (skip,)))


def _read_share(ctx: Context, message: Message) -> int:
    said = (message.text or "").replace("%", "").strip()
    if not said.isdecimal() or not 1 <= int(said[:4]) <= 99:
        raise Unclear(ctx.t("Please write a number from 1 to 99."))
    return int(said)


def _choose_share(_: Context, value: str) -> int:
    share = int(value) if value.isdecimal() else NOT_SAID
    return share if 1 <= share <= 99 else NOT_SAID


def _ask_what(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    return Screen(
        t(
            "3/4 <b>What should they bring?</b> A sentence or two, such as <i>coating of large "
            "mirrors</i>. Please leave out names: yours is shown only when you both agree."
        )
    )


def _read_what(ctx: Context, message: Message) -> str:
    try:
        return enquiries.said(message.text or "", WHAT)
    except Illegible:
        raise Unclear(ctx.t("Please write a text of at most {n} characters.", n=WHAT)) from None


def _ask_sure(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    text = paragraphs(
        t("4/4 <b>Shall I ask?</b> Members will read this:"),
        wish(t, Role(answers["role"]), answers["share"] or None, answers["what"]),
        t("They will only learn that a member of the cluster asks, and of what kind."),
    )
    return Screen(text, ((Choose("sure", "yes").labelled(t.label("📨 Ask"), "success"),),))


def _read_sure(ctx: Context, _: Message) -> str:
    raise Unclear(ctx.t("Please press one of the buttons."))


async def _done(ctx: Context, answers: Answers) -> Answer:
    said = Wish(Role(answers["role"]), answers["share"] or None, answers["what"])
    zone = ctx.house.cluster.zone
    search = await partners.begin(ctx.session, answers["call_id"], ctx.me, said, zone, ctx.now)
    for reply in search.replies:
        await tell_asked(ctx, search, reply)
    return await search_screen(ctx, search, _begun(ctx, search), alert=not search.replies)


def _begun(ctx: Context, search: Search) -> str:
    t, number = ctx.t, len(search.replies)
    if not number:
        return t.plain("Nobody fits just now. The manager may know somebody: ask with the button.")
    return t.plain_n("I have asked {n} member.", "I have asked {n} members.", number)


async def _left(ctx: Context, answers: Answers) -> Answer:
    back = OpenCall(answers["call_id"]) if "call_id" in answers else ListCalls()
    return Screen(ctx.t("Nobody has been asked."), way_back(ctx.t, back))


FORM = Form(
    "partner",
    (
        Question("role", _ask_role, _read_role, _choose_role),
        Question("share", _ask_share, _read_share, _choose_share),
        Question("what", _ask_what, _read_what),
        Question("sure", _ask_sure, _read_sure, lambda _ctx, value: value),
    ),
    _done,
    _left,
)
