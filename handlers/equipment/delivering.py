"""What the two sides of an enquiry are told in messages of their own; neither sees the other."""

from datetime import datetime

from bot.domain.instruments import asking, enquiries
from bot.domain.instruments.asking import Put
from bot.domain.instruments.enquiries import Case, Look, Side
from bot.kit.buttons import Rows
from bot.kit.context import Context, Desk
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.equipment.enquiry import (
    REASONS,
    card_text,
    identity,
    next_rows,
    owner_deeds,
    subject,
    to_card,
)
from handlers.equipment.enquiry_ways import BecomeKnown, WriteBack
from handlers.links import home
from storage.instruments.enquiries import Reason
from storage.people import Person


def announce(desk: Desk, put: Put) -> None:
    """A new enquiry, to those who can answer it; the manager is told why it comes to them."""
    managed = put.case.enquiry.with_manager
    for person in put.whom:
        t = desk.texts_of(person)
        lead = t("☎️ The owner cannot be reached here, so this comes to you.") if managed else ""
        show_owner(desk, person, put.case, lead, manages=managed)


def show_owner(
    desk: Desk, person: Person, case: Case, lead: str, *, manages: bool, key: str = ""
) -> None:
    mine = case.holder is not None and case.holder.key == person.key
    look = Look(case, Side.OWNER, (), mine, manages)
    t = desk.texts_of(person)
    screen = Screen(card_text(t, look, lead), (*owner_deeds(t, look), (home(t),)))
    desk.tell(person, screen, key=key)


async def carry(ctx: Context, case: Case, side: Side, text: str, *, offer: bool) -> bool:
    """Words from `side` to the other one; False where nobody there can be reached."""
    if side == Side.OWNER:
        t = ctx.texts_of(case.asker)
        head = _offered(t, case) if offer else _asked_back(t, case)
        ctx.tell(case.asker, _words(t, case, head, text))
        return enquiries.can_be_told(case.asker)
    heard = await enquiries.listeners(ctx.session, case, ctx.now)
    for person in heard:
        t = ctx.texts_of(person)
        head = t("💬 An answer to <b>{subject}</b>:", subject=subject(t, case))
        ctx.tell(person, _words(t, case, head, text))
    return bool(heard)


def _offered(t: Texts, case: Case) -> str:
    if case.owner is None:
        return t("💰 An offer for <b>{subject}</b>:", subject=subject(t, case))
    return t(
        "💰 {owner} offers, for <b>{subject}</b>:",
        owner=case.owner.name,
        subject=subject(t, case),
    )


def _asked_back(t: Texts, case: Case) -> str:
    if case.owner is None:
        return t("💬 The owner writes about <b>{subject}</b>:", subject=subject(t, case))
    return t(
        "💬 {owner} writes about <b>{subject}</b>:",
        owner=case.owner.name,
        subject=subject(t, case),
    )


def _words(t: Texts, case: Case, head: str, text: str) -> Screen:
    answer = WriteBack(case.enquiry.key).labelled(t.label("💬 Answer"), "primary")
    return Screen(paragraphs(head, t("{words}", words=text)), ((answer,), (to_card(t, case),)))


async def declined(ctx: Context, case: Case) -> None:
    """To who asked, with what else could do it. Of many who were asked, one no is no news."""
    if not case.enquiry.subject or case.enquiry.reason is None:
        return
    t = ctx.texts_of(case.asker)
    why = t.plain(REASONS[Reason(case.enquiry.reason)])
    found = await asking.next_ones(ctx.session, case, ctx.now)
    text = paragraphs(
        t(
            "❌ The owner of <b>{subject}</b> declined: {why}.",
            subject=subject(t, case),
            why=why,
        ),
        what_next(t, found=bool(found)),
    )
    ctx.tell(case.asker, Screen(text, (*next_rows(t, case, found), (to_card(t, case),))))


def what_next(t: Texts, *, found: bool) -> str:
    if found:
        return t("These could do the same. One tap asks them the same question.")
    return t("I know of nothing else like it. You can write what you look for, and ask members.")


async def withdrawn(ctx: Context, case: Case) -> None:
    for person in await enquiries.whom(ctx.session, case, ctx.now):
        t = ctx.texts_of(person)
        said = t("↩️ The enquiry about <b>{subject}</b> was taken back.", subject=subject(t, case))
        ctx.tell(person, Screen(said, ((to_card(t, case),),)))


async def agreed(ctx: Context, case: Case, side: Side) -> None:
    """Both are told who the other is, once both agree; until then the other side is asked."""
    if case.known_to_each_other:
        _introduce(ctx, case)
        return
    others = (
        await enquiries.listeners(ctx.session, case, ctx.now)
        if side == Side.ASKER
        else [case.asker]
    )
    for person in others:
        t = ctx.texts_of(person)
        text = paragraphs(
            t(
                "🤝 About <b>{subject}</b>: the other side is ready to be known.",
                subject=subject(t, case),
            ),
            t("If you agree, too, both of you will see name, organisation and username."),
        )
        yes = BecomeKnown(case.enquiry.key).labelled(t.label("🤝 Reveal contact"), "success")
        ctx.tell(person, Screen(text, ((yes,), (to_card(t, case),))))


def _introduce(ctx: Context, case: Case) -> None:
    assert case.holder is not None
    pairs = (
        (case.asker, case.holder, case.holder_from),
        (case.holder, case.asker, case.asker_from),
    )
    for reader, other, where in pairs:
        t = ctx.texts_of(reader)
        text = paragraphs(
            t("🤝 You know each other now. <b>{subject}</b>:", subject=subject(t, case)),
            identity(t, other, where),
            t("@{name}", name=other.username)
            if other.username
            else t("They have no username in Telegram, so go on writing here."),
        )
        rows: Rows = ((to_card(t, case),),)
        ctx.tell(reader, Screen(text, rows), key=_once(case, reader, ctx.now))


def _once(case: Case, reader: Person, now: datetime) -> str:
    return f"q{case.enquiry.key}:known:p{reader.key}:{int(now.timestamp())}"
