"""What became of a bid: handed in or not, with whom, and how it ended."""

from telegram import Message

from bot.domain.calls import bids, cells, outcomes
from bot.domain.calls.outcomes import CURRENCIES, PARTNER
from bot.domain.instruments import enquiries
from bot.domain.instruments.enquiries import Illegible
from bot.domain.refusals import Gone
from bot.kit import forms
from bot.kit.buttons import Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question, Unclear
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, paragraphs
from bot.kit.texts import Texts
from handlers.calls.bid_card import bid_screen, head, result_rows
from handlers.calls.bid_ways import (
    AskResult,
    HandIn,
    HandWithPartner,
    TellResult,
    UndoHanded,
)
from handlers.calls.ways import OpenBid
from handlers.links import ListCalls, way_back
from storage.calls.bids import Handed, Result

NONE = "no"
SHORT = 40  # characters of a name on a button


@on(HandIn)
async def hand_in(ctx: Context, press: HandIn) -> Screen:
    if press.handed not in set(Handed):
        raise Gone
    return await _handed(ctx, press.call_id, Handed(press.handed))


async def _handed(ctx: Context, call_id: int, handed: Handed, partner: str = "") -> Screen:
    t, zone = ctx.t, ctx.house.cluster.zone
    await outcomes.hand(ctx.session, call_id, ctx.me, handed, zone, ctx.now, partner)
    if handed == Handed.NOT_SUBMITTED:
        return await bid_screen(ctx, call_id, t.plain("Noted. Thank you for telling us."))
    said = t.plain("Congratulations! You will get no more reminders of it.")
    return await bid_screen(ctx, call_id, said)


@on(HandWithPartner)
async def hand_with_partner(ctx: Context, press: HandWithPartner) -> Answer:
    found = await bids.look(ctx.session, press.call_id, ctx.me, ctx.now)
    met = await outcomes.met(ctx.session, found)
    known = {str(each.key): each.short for each in met}
    return await forms.begin(ctx, WITH_WHOM, call_id=press.call_id, known=known)


@on(UndoHanded)
async def undo(ctx: Context, press: UndoHanded) -> Screen:
    zone = ctx.house.cluster.zone
    await outcomes.take_back(ctx.session, press.call_id, ctx.me, zone, ctx.now)
    return await bid_screen(ctx, press.call_id, ctx.t.plain("Then tell me how it was."))


@on(AskResult, reading=True)
async def ask_result(ctx: Context, press: AskResult) -> Screen:
    t, key = ctx.t, press.call_id
    found = await bids.look(ctx.session, key, ctx.me, ctx.now)
    text = paragraphs(await head(ctx, found.call, t), t("🏁 How did your bid end?"))
    return Screen(text, (*result_rows(t, key), *way_back(t, OpenBid(key))))


@on(TellResult)
async def tell_result(ctx: Context, press: TellResult) -> Answer:
    if press.result not in set(Result):
        raise Gone
    found = await _ended(ctx, press.call_id, Result(press.result))
    if press.result != Result.WON:
        return found
    call = (await bids.look(ctx.session, press.call_id, ctx.me, ctx.now)).call
    return await forms.begin(ctx, HOW_MUCH, call_id=call.key, usual=call.currency)


async def _ended(
    ctx: Context, call_id: int, result: Result, amount: int | None = None, currency: str = ""
) -> Screen:
    await outcomes.end(
        ctx.session,
        call_id,
        ctx.me,
        result,
        ctx.house.cluster.zone,
        ctx.now,
        amount=amount,
        currency=currency,
    )
    said = _congratulations(ctx.t, result)
    return await bid_screen(ctx, call_id, said)


def _congratulations(t: Texts, result: Result) -> str:
    match result:
        case Result.WON:
            return t.plain("Congratulations! It goes into the annual report.")
        case Result.RESERVE:
            return t.plain("Fingers crossed that it moves up. Thank you.")
    return t.plain("A pity. Thank you for telling us; next time it may work out.")


def _ask_partner(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    text = t("🤝 <b>With whom did you hand it in?</b> Choose, or write the name.")
    known: Rows = tuple(
        (Choose("partner", key).labelled(name[:SHORT]),) for key, name in answers["known"].items()
    )
    skip = Choose("partner", NONE).labelled(t.label("⏭ Skip"))
    return Screen(text, (*known, (skip,)))


def _read_partner(ctx: Context, message: Message) -> str:
    try:
        return enquiries.said(message.text or "", PARTNER)
    except Illegible:
        most = PARTNER
        raise Unclear(ctx.t("Please write a text of at most {n} characters.", n=most)) from None


async def _with_partner(ctx: Context, answers: Answers) -> Answer:
    said = answers["partner"]
    partner = "" if said == NONE else answers["known"].get(said, said)
    return await _handed(ctx, answers["call_id"], Handed.WITH_PARTNER, partner)


def _ask_amount(ctx: Context, _: Answers) -> Screen:
    t = ctx.t
    text = paragraphs(
        t("🏆 <b>Congratulations!</b>"),
        t(
            "How much support do you get? Write an amount, such as <code>{example}</code>.",
            example=t.plain("2.5 million CZK"),
        ),
    )
    return Screen(text, ((Choose("amount", NONE).labelled(t.label("⏭ I do not know yet")),),))


def _read_amount(ctx: Context, message: Message) -> list[int | str]:
    try:
        amount, currency = cells.money(message.text or "")
    except cells.Fault:
        like = ctx.t.plain("2.5 million CZK")
        said = ctx.t("I do not see an amount there. It looks like this: {example}", example=like)
        raise Unclear(said) from None
    return [amount, currency]


def _ask_currency(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    row = tuple(Choose("currency", each).labelled(each) for each in CURRENCIES)
    return Screen(t("Is {n} in crowns or in euros?", n=t.number(answers["amount"][0])), (row,))


def _read_currency(ctx: Context, message: Message) -> str:
    said = (message.text or "").strip().upper()
    if said not in CURRENCIES:
        raise Unclear(ctx.t("Please press one of the buttons."))
    return said


def _wants_currency(answers: Answers) -> bool:
    amount: list[int | str] = answers.get("amount") or []
    return bool(amount) and not amount[1] and not answers["usual"]


async def _won(ctx: Context, answers: Answers) -> Answer:
    if not answers["amount"]:
        return await bid_screen(ctx, answers["call_id"], _congratulations(ctx.t, Result.WON))
    amount, said = answers["amount"]
    currency = said or answers.get("currency") or answers["usual"]
    return await _ended(ctx, answers["call_id"], Result.WON, amount, currency)


async def _left(ctx: Context, answers: Answers) -> Answer:
    if "call_id" in answers:
        return await bid_screen(ctx, answers["call_id"])
    return Screen(ctx.t("Nothing has been changed."), way_back(ctx.t, ListCalls()))


WITH_WHOM = Form(
    "call_partner",
    (Question("partner", _ask_partner, _read_partner, lambda _ctx, value: value),),
    _with_partner,
    _left,
)
HOW_MUCH = Form(
    "call_amount",
    (
        Question("amount", _ask_amount, _read_amount, lambda _ctx, _value: []),
        Question(
            "currency", _ask_currency, _read_currency, lambda _ctx, value: value, _wants_currency
        ),
    ),
    _won,
    _left,
)
