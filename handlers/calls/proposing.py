"""What was read from prose, one value at a time, with the words it was read from: does it hold?"""

from dataclasses import dataclass

from bot.domain.calls import proposals
from bot.domain.calls.cells import Fault
from bot.domain.calls.proposals import Asked
from bot.domain.calls.values import DEADLINES
from bot.kit.buttons import Button, Rows
from bot.kit.context import Context
from bot.kit.paging import page
from bot.kit.routes import on
from bot.kit.screens import Answer, Screen, Toast, lines, paragraphs
from bot.kit.texts import Texts
from handlers.calls import desk_words
from handlers.calls.asking_due import correct_dues
from handlers.calls.editing import group_of
from handlers.calls.fields import ask_for
from handlers.calls.listing import cut
from handlers.calls.settling import TITLE, desk_card
from handlers.calls.terms import title_in
from handlers.calls.ways import ListProposals, SettleCall
from handlers.links import way_back
from storage.calls.history import Proposal

SNIPPET, SHORT = 400, 120  # characters
TRL = ("trl_least", "trl_most")


@dataclass(frozen=True)
class TurnProposals(Button, prefix="ca.p.pg"):
    call_id: int
    page: int


@dataclass(frozen=True)
class AgreeProposal(Button, prefix="ca.p.y"):
    proposal_id: int


@dataclass(frozen=True)
class RejectProposal(Button, prefix="ca.p.n"):
    proposal_id: int


@dataclass(frozen=True)
class CorrectProposal(Button, prefix="ca.p.ed"):
    proposal_id: int


@dataclass(frozen=True)
class AgreeAll(Button, prefix="ca.p.all"):
    """`sure` is 1 once all of them have been shown."""

    call_id: int
    sure: int


@on(ListProposals, reading=True)
async def list_proposals(ctx: Context, press: ListProposals) -> Screen:
    return await proposals_screen(ctx, press.call_id)


@on(TurnProposals, reading=True)
async def turn(ctx: Context, press: TurnProposals) -> Screen:
    return await proposals_screen(ctx, press.call_id, press.page)


async def proposals_screen(ctx: Context, call_id: int, number: int = 0, toast: str = "") -> Screen:
    """Once nothing is left to ask, the card."""
    t, asked = ctx.t, await proposals.asked(ctx.session, call_id, ctx.me, ctx.now)
    if not asked.proposals:
        return await desk_card(ctx, call_id, toast or t.plain("Everything is confirmed."))
    part = page(asked.proposals, number, 1)
    its = part.items[0]
    text = paragraphs(
        t("❓ <b>{title}</b>", title=cut(title_in(t, asked.call), TITLE)),
        lines(*_values(t, asked, its)),
        t("<blockquote>{snippet}</blockquote>", snippet=cut(its.snippet, SNIPPET))
        if its.snippet
        else "",
        t("Does it hold?"),
    )
    turns = part.turns(lambda to: TurnProposals(call_id, to))
    several = len(asked.proposals)
    rows: Rows = (
        (
            AgreeProposal(its.key).labelled(t.label("✅ That is so"), "success"),
            RejectProposal(its.key).labelled(t.label("❌ It does not")),
        ),
        *_correcting(t, its),
        *((turns,) if turns else ()),
        *(
            ((AgreeAll(call_id, 0).labelled(t.label("✅ All {n} hold", n=several)),),)
            if several > 1
            else ()
        ),
    )
    return Screen(text, (*rows, *way_back(t, SettleCall(call_id))), toast)


def _correcting(t: Texts, its: Proposal) -> Rows:
    return ((CorrectProposal(its.key).labelled(t.label("✏️ Correct it")),),)


def _values(t: Texts, asked: Asked, its: Proposal) -> list[str]:
    """What is proposed, and what there is instead so far."""
    field, call = its.field, asked.call
    new = desk_words.value(t, field, its.value, call, asked.currency(its))
    old = desk_words.value(t, field, asked.present(field), call)
    basis = desk_words.value(t, "basis", asked.with_it(its, "basis"), call)
    most = asked.with_it(its, "trl_most")
    new = f"{new} ({basis})" if basis else f"{new}–{most}" if most else new
    told: list[str] = [t("{field}: <b>{value}</b>", field=desk_words.field(t, field), value=new)]
    if old and old != new:
        told.append(t("So far: <i>{old}</i>", old=old))
    return told


@on(AgreeProposal)
async def agree(ctx: Context, press: AgreeProposal) -> Answer:
    try:
        call = await proposals.agree(ctx.session, press.proposal_id, ctx.me, ctx.now)
    except Fault as fault:
        return Toast(desk_words.plainly_wrong(ctx.t, fault), alert=True)
    return await proposals_screen(ctx, call.key, toast=ctx.t.plain("It holds from now on."))


@on(RejectProposal)
async def reject(ctx: Context, press: RejectProposal) -> Screen:
    call = await proposals.reject(ctx.session, press.proposal_id, ctx.me, ctx.now)
    return await proposals_screen(ctx, call.key, toast=ctx.t.plain("I will not ask again."))


@on(CorrectProposal)
async def correct(ctx: Context, press: CorrectProposal) -> Answer:
    its, call = await proposals.open_one(ctx.session, press.proposal_id, ctx.me, ctx.now)
    if its.field == DEADLINES:
        return await correct_dues(ctx, call.key, its.key)
    field = "trl" if its.field in TRL else its.field
    group_of(field)
    return await ask_for(ctx, call.key, field, its.key)


@on(AgreeAll)
async def agree_all(ctx: Context, press: AgreeAll) -> Answer:
    key, t = press.call_id, ctx.t
    if not press.sure:
        return await _all_of_them(ctx, key)
    try:
        number = await proposals.agree_all(ctx.session, key, ctx.me, ctx.now)
    except Fault as fault:
        return Toast(desk_words.plainly_wrong(t, fault), alert=True)
    said = t.plain_n("{n} value is confirmed.", "{n} values are confirmed.", number)
    return await desk_card(ctx, key, said)


async def _all_of_them(ctx: Context, call_id: int) -> Screen:
    t, asked = ctx.t, await proposals.asked(ctx.session, call_id, ctx.me, ctx.now)
    told = [
        lines(*_values(t, asked, each), t("<i>“{words}”</i>", words=cut(each.snippet, SHORT)))
        for each in asked.proposals
    ]
    text = paragraphs(t("❓ <b>Do all of these hold?</b>"), *told)
    yes = AgreeAll(call_id, 1).labelled(t.label("✅ Yes, all of them"), "success")
    return Screen(text, ((yes,), *way_back(t, ListProposals(call_id))))
