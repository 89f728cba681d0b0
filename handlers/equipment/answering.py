"""The owner's people answer: an offer, a question, or a no with a reason. Words are carried."""

from dataclasses import dataclass

from telegram import Message

from bot.domain.instruments import answering, enquiries
from bot.domain.instruments.answering import WithColleague
from bot.domain.instruments.enquiries import LONGEST, EnquiryOver, Side
from bot.domain.refusals import Gone
from bot.kit import forms
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.forms import Answers, Choose, Form, Question
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, lines, paragraphs
from handlers.equipment import delivering
from handlers.equipment.enquiry import REASONS, card_screen, cut, subject
from handlers.equipment.enquiry_ways import Decline, Offer, OpenEnquiry, TakeOver, WriteBack
from handlers.equipment.wishing import legible
from handlers.links import way_back
from storage.instruments.enquiries import Reason


@dataclass(frozen=True)
class DeclineBecause(Button, prefix="iq.no.y"):
    enquiry_id: int
    reason: str


@on(Offer)
async def offer(ctx: Context, press: Offer) -> Answer:
    try:
        await answering.take(ctx.session, press.enquiry_id, ctx.me, ctx.now)
    except WithColleague as colleague:
        return await _with_colleague(ctx, press.enquiry_id, colleague)
    return await forms.begin(ctx, FORM, enquiry=press.enquiry_id, offer=True)


@on(WriteBack)
async def write_back(ctx: Context, press: WriteBack) -> Answer:
    look = await enquiries.look(ctx.session, press.enquiry_id, ctx.me, ctx.now)
    try:
        if look.side == Side.OWNER:
            await answering.take(ctx.session, press.enquiry_id, ctx.me, ctx.now)
    except WithColleague as colleague:
        return await _with_colleague(ctx, press.enquiry_id, colleague)
    answering.check_live(look.case)
    last = look.carried[-1].text if look.carried else look.case.demand.text
    return await forms.begin(ctx, FORM, enquiry=press.enquiry_id, offer=False, last=last)


@on(TakeOver)
async def take_over(ctx: Context, press: TakeOver) -> Screen:
    await answering.take_over(ctx.session, press.enquiry_id, ctx.me, ctx.now)
    return await card_screen(ctx, press.enquiry_id, ctx.t.plain("It is yours now."))


@on(Decline)
async def decline(ctx: Context, press: Decline) -> Screen:
    t, key = ctx.t, press.enquiry_id
    try:
        case = await answering.take(ctx.session, key, ctx.me, ctx.now)
    except WithColleague as colleague:
        return await _with_colleague(ctx, key, colleague)
    rows = [
        (DeclineBecause(key, reason.value).labelled(t.label(words)),)
        for reason, words in REASONS.items()
    ]
    text = t("❌ Why do you decline <b>{subject}</b>?", subject=subject(t, case))
    return Screen(text, (*rows, *way_back(t, OpenEnquiry(key))))


@on(DeclineBecause)
async def decline_because(ctx: Context, press: DeclineBecause) -> Screen:
    if press.reason not in set(Reason):
        raise Gone
    reason = Reason(press.reason)
    try:
        case = await answering.decline(ctx.session, press.enquiry_id, ctx.me, reason, ctx.now)
    except WithColleague as colleague:
        return await _with_colleague(ctx, press.enquiry_id, colleague)
    await delivering.declined(ctx, case)
    said = ctx.t.plain("Thank you, I will let them know.")
    return await card_screen(ctx, press.enquiry_id, said)


async def _with_colleague(ctx: Context, enquiry_id: int, why: WithColleague) -> Screen:
    said = ctx.t.plain("{name} is dealing with it. You can take it over.", name=why.name)
    return await card_screen(ctx, enquiry_id, said, alert=True)


def _ask(ctx: Context, answers: Answers) -> Screen:
    t = ctx.t
    if not answers["offer"]:
        quoted = cut(answers["last"], 300)
        text = lines(
            t("<blockquote>{words}</blockquote>", words=quoted) if quoted else "",
            t("💬 What shall I tell them? They will not see who writes."),
        )
        return Screen(text)
    text = paragraphs(
        t("💰 <b>What do you offer?</b>"),
        t("A sentence is enough, such as <i>we can do it by June, about 8,000 CZK a day</i>."),
    )
    ready: Rows = ((Choose("text", "ready").labelled(t.label("We can do it")),),)
    return Screen(text, ready)


def _read(ctx: Context, message: Message) -> str:
    return legible(ctx.t, message.text or "", LONGEST)


def _ready(ctx: Context, _: str) -> str:
    return ctx.t.plain("We can do it. Let us agree on the details.")


async def _written(ctx: Context, answers: Answers) -> Answer:
    key, text, is_offer = answers["enquiry"], answers["text"], answers["offer"]
    try:
        case, side = await answering.write(
            ctx.session, key, ctx.me, text, ctx.house.cluster.zone, ctx.now, offer=is_offer
        )
    except WithColleague as colleague:
        return await _with_colleague(ctx, key, colleague)
    except EnquiryOver:
        said = ctx.t.plain("It has ended in the meantime, so nothing was sent.")
        return await card_screen(ctx, key, said, alert=True)
    if await delivering.carry(ctx, case, side, text, offer=is_offer):
        return await card_screen(ctx, key, ctx.t.plain("Sent."))
    said = ctx.t.plain("They cannot be reached just now. It stays here until they come back.")
    return await card_screen(ctx, key, said, alert=True)


async def _left(ctx: Context, answers: Answers) -> Answer:
    return await card_screen(ctx, answers.get("enquiry", 0))


FORM = Form("enquiry.write", (Question("text", _ask, _read, _ready),), _written, _left)
