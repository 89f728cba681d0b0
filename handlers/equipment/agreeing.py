"""What both sides decide about an enquiry: to be known, to take it back, and what came of it."""

from dataclasses import dataclass

from bot.domain.instruments import answering, enquiries
from bot.domain.instruments.answering import WithColleague
from bot.domain.instruments.enquiries import Side
from bot.domain.refusals import Gone
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.routes import on
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.equipment import delivering
from handlers.equipment.enquiry import OUTCOMES, card_screen, identity, subject
from handlers.equipment.enquiry_ways import AskOutcome, BecomeKnown, OpenEnquiry, Withdraw
from handlers.links import way_back
from storage import organisations
from storage.instruments.enquiries import Outcome


@dataclass(frozen=True)
class BecomeKnownSurely(Button, prefix="iq.me.y"):
    enquiry_id: int


@dataclass(frozen=True)
class WithdrawSurely(Button, prefix="iq.back.y"):
    enquiry_id: int


@dataclass(frozen=True)
class TellOutcome(Button, prefix="iq.end.y"):
    enquiry_id: int
    outcome: str


@on(BecomeKnown, reading=True)
async def become_known(ctx: Context, press: BecomeKnown) -> Screen:
    """What will be told of them, before it is."""
    t, key, home = ctx.t, press.enquiry_id, ctx.me.organisation_id
    look = await enquiries.look(ctx.session, key, ctx.me, ctx.now)
    answering.check_live(look.case)
    where = await organisations.find(ctx.session, home) if home else None
    text = paragraphs(
        t("🤝 Shall the other side see this, once they agree, too?"),
        identity(t, ctx.me, where),
        t("@{name}", name=ctx.me.username) if ctx.me.username else "",
    )
    yes = BecomeKnownSurely(key).labelled(t.label("🤝 Yes, I agree"), "success")
    return Screen(text, ((yes,), *way_back(t, OpenEnquiry(key))))


@on(BecomeKnownSurely)
async def become_known_surely(ctx: Context, press: BecomeKnownSurely) -> Screen:
    t, key = ctx.t, press.enquiry_id
    before = await enquiries.look(ctx.session, key, ctx.me, ctx.now)
    told = _agrees(before.case.enquiry.asker_agrees, before.case.enquiry.owner_agrees, before.side)
    try:
        case, side = await answering.agree(ctx.session, key, ctx.me, ctx.now)
    except WithColleague as colleague:
        said = t.plain("{name} is dealing with it. You can take it over.", name=colleague.name)
        return await card_screen(ctx, key, said, alert=True)
    if not told:
        await delivering.agreed(ctx, case, side)
    return await card_screen(ctx, key, _thanks(t, known=case.known_to_each_other))


def _agrees(asker: bool, owner: bool, side: Side) -> bool:
    return asker if side == Side.ASKER else owner


def _thanks(t: Texts, *, known: bool) -> str:
    if known:
        return t.plain("You both agree.")
    return t.plain("Noted. They will see it once they agree, too.")


@on(Withdraw, reading=True)
async def withdraw(ctx: Context, press: Withdraw) -> Screen:
    t, key = ctx.t, press.enquiry_id
    look = await enquiries.look(ctx.session, key, ctx.me, ctx.now)
    answering.check_live(look.case)
    text = t("↩️ Shall I take back your enquiry about <b>{name}</b>?", name=subject(t, look.case))
    yes = WithdrawSurely(key).labelled(t.label("↩️ Yes, take it back"), "danger")
    return Screen(text, ((yes,), *way_back(t, OpenEnquiry(key))))


@on(WithdrawSurely)
async def withdraw_surely(ctx: Context, press: WithdrawSurely) -> Screen:
    case = await answering.withdraw(ctx.session, press.enquiry_id, ctx.me, ctx.now)
    await delivering.withdrawn(ctx, case)
    return await card_screen(ctx, press.enquiry_id, ctx.t.plain("Taken back."))


@on(AskOutcome, reading=True)
async def ask_outcome(ctx: Context, press: AskOutcome) -> Screen:
    look = await enquiries.look(ctx.session, press.enquiry_id, ctx.me, ctx.now)
    t = ctx.t
    screen = outcome_screen(t, press.enquiry_id, subject(t, look.case))
    return Screen(screen.text, (*screen.rows, *way_back(t, OpenEnquiry(press.enquiry_id))))


def outcome_screen(t: Texts, enquiry_id: int, name: str) -> Screen:
    text = t("🏁 What came of your enquiry about <b>{name}</b>?", name=name)
    rows = tuple(
        (TellOutcome(enquiry_id, outcome.value).labelled(t.label(words)),)
        for outcome, words in OUTCOMES.items()
    )
    return Screen(text, rows)


@on(TellOutcome)
async def tell_outcome(ctx: Context, press: TellOutcome) -> Screen:
    if press.outcome not in set(Outcome):
        raise Gone
    outcome = Outcome(press.outcome)
    await answering.tell_outcome(ctx.session, press.enquiry_id, ctx.me, outcome, ctx.now)
    return await card_screen(ctx, press.enquiry_id, ctx.t.plain("Thank you, it helps everybody."))
