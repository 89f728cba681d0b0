"""What an announcement looks like to those who make it, and the buttons under it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.announcements import Card
from bot.domain.announcements import Content as Said
from bot.domain.announcements.previewing import as_read
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.announcements import running
from handlers.announcements.audience_said import addressees
from handlers.announcements.terms import enough, reach, terms
from handlers.links import ListAnnouncements, OpenPillar, way_back
from storage.announcements import Announcement, Stage
from storage.blanks import names
from storage.outbox import Call


@dataclass(frozen=True)
class OpenAnnouncement(Button, prefix="an.open"):
    announcement_id: int


@dataclass(frozen=True)
class ShowContent(Button, prefix="an.show"):
    """The message itself, as it is delivered."""

    announcement_id: int


@dataclass(frozen=True)
class BackToDraft(Button, prefix="an.draft"):
    announcement_id: int


@dataclass(frozen=True)
class LeaveProgress(Button, prefix="an.leave"):
    """Away from an announcement that runs: the message is not to be written over any more."""

    announcement_id: int


@dataclass(frozen=True)
class ChooseAudience(Button, prefix="an.who"):
    announcement_id: int


@dataclass(frozen=True)
class Rewrite(Button, prefix="an.re"):
    announcement_id: int


@dataclass(frozen=True)
class Discard(Button, prefix="an.del"):
    announcement_id: int


@dataclass(frozen=True)
class HandOver(Button, prefix="an.ask"):
    """An assistant has prepared it; a manager sends it."""

    announcement_id: int


@dataclass(frozen=True)
class ChooseWhen(Button, prefix="an.when"):
    announcement_id: int


@dataclass(frozen=True)
class Send(Button, prefix="an.go"):
    """`edition` is the one that was previewed; `sure` is 1 for the second yes."""

    announcement_id: int
    edition: int
    sure: int


@dataclass(frozen=True)
class OpenMessage(Button, prefix="an.msg"):
    """Its buttons and its languages."""

    announcement_id: int


@dataclass(frozen=True)
class Preview(Button, prefix="an.eg"):
    """As one of its real readers will get it."""

    announcement_id: int
    number: int = 0


@dataclass(frozen=True)
class OpenAnswers(Button, prefix="an.ans"):
    """What people have answered to its question."""

    announcement_id: int
    page: int = 0


def show_content(ctx: Context, card: Card, note: str = "") -> None:
    """Send the message exactly as everybody gets it, and the card below it."""
    send_contents(ctx, as_read(card.contents, card.mine))
    below = screen(ctx, card)
    send_screen(ctx, Screen(paragraphs(note, below.text), below.rows))


def send_contents(ctx: Context, contents: Sequence[Said]) -> None:
    chat = ctx.me.telegram_id
    assert chat is not None
    for content in contents:
        ctx.owe(Call(content.method, chat, content.payload))


def send_screen(ctx: Context, shown: Screen) -> None:
    """Below what has been sent before, not in the place of what was pressed."""
    chat = ctx.me.telegram_id
    assert chat is not None
    ctx.owe(Call("sendMessage", chat, shown.payload))


def screen(ctx: Context, card: Card) -> Screen:
    if card.announcement.stage is Stage.DRAFT:
        return _draft(ctx, card)
    return followed(ctx.t, card)


def followed(t: Texts, card: Card) -> Screen:
    """From the yes to the result."""
    made = card.announcement
    if made.done_at is not None:
        return result(t, card)
    leave = LeaveProgress(made.key).labelled(t.label("◀ Back"))
    return running.screen(t, card, _addressees(t, card), leave)


def result(t: Texts, card: Card) -> Screen:
    made = card.announcement
    assert made.sent_at is not None
    title = t("✅ <b>The announcement is out</b>")
    if made.stopped_at is not None:
        title = t("⏹ <b>The announcement was stopped</b>")
    text = paragraphs(
        lines(title, _addressees(t, card), t("Sent: {moment}", moment=t.moment(made.sent_at))),
        lines(*reached(t, made)),
    )
    again = ShowContent(made.key).labelled(t.label("👁 Show the message"))
    more = OpenAnnouncement(made.key).labelled(t.label("📊 Results"))
    rows = ((more,), (again,), *running.amends(t, card), *way_back(t, origin(card)))
    return Screen(text, rows)


def origin(card: Card) -> Button:
    """Where its author comes from: a guarantor has no list of announcements."""
    pillar_id = card.announcement.pillar_id
    if pillar_id is not None and not card.may_address:
        return OpenPillar(pillar_id)
    return ListAnnouncements()


def _draft(ctx: Context, card: Card) -> Screen:
    t, made = ctx.t, card.announcement
    change: tuple[Face, ...] = (
        Rewrite(made.key).labelled(t.label("✏️ Write it anew")),
        Discard(made.key).labelled(t.label("🗑 Throw away")),
    )
    asked = t.label("👥 Choose for whom") if made.audience is None else t.label("👥 Others")
    choose = ((ChooseAudience(made.key).labelled(asked),),) if card.may_address else ()
    more = (
        OpenMessage(made.key).labelled(t.label("🔘 Buttons, languages")),
        Preview(made.key).labelled(t.label("👁 As people get it")),
    )
    rows: Rows = (*choose, more, change, *way_back(t, origin(card)))
    seen = lines(t("☝️ This is exactly what will arrive."), _blanks(t, card))
    if made.audience is None:
        return Screen(paragraphs(seen, t("Nobody gets it before you say so.")), rows)
    whom = lines(_addressees(t, card), reach(t, card))
    text = paragraphs(seen, whom, terms(t, card, enough(ctx)), _next_step(t, card))
    return Screen(text, (*_way_on(t, card), *rows))


def _blanks(t: Texts, card: Card) -> str:
    if not any(names(each.payload) for each in card.contents):
        return ""
    return t("You see yourself in it, and everybody else their own name.")


def _way_on(t: Texts, card: Card) -> Rows:
    made = card.announcement
    if not card.people or not card.is_whole:
        return ()
    if not card.may_send or card.free_from:
        return ((HandOver(made.key).labelled(t.label("🙋 Give to the manager")),),)
    words = t.plain_n(
        "📨 Send to {count} person",
        "📨 Send to {count} people",
        card.people,
        count=t.number(card.people),
    )
    send = Send(made.key, made.edition, 0).labelled(words, "success")
    return ((send,), (ChooseWhen(made.key).labelled(t.label("🕗 When and how")),))


def _next_step(t: Texts, card: Card) -> str:
    if not card.is_whole:
        return t("⚠️ Something by which people are chosen is gone. Please choose anew.")
    if not card.people and not card.may_address:
        return t("There is nobody in the pillar to write to just now.")
    if not card.people:
        return t("There is nobody to send it to. Please choose others.")
    if card.free_from:
        return t(
            "The pillar has had this week's message. You can send the next one from {when};"
            " if it cannot wait, give it to the manager.",
            when=t.moment(card.free_from),
        )
    if not card.may_send:
        return t("A manager has the last word: give it to them when it is ready.")
    return ""


def _addressees(t: Texts, card: Card) -> str:
    return "" if card.choice is None else addressees(t, card.choice, card.named)


def reached(t: Texts, made: Announcement) -> Iterator[str]:
    """Whom it has come to, and whom not."""
    if made.people:
        delivered, people = t.number(made.delivered), t.number(made.people)
        yield t("Delivered: <b>{delivered}</b> of {people}", delivered=delivered, people=people)
    if made.digested:
        yield t("In Monday's digest: {count}", count=t.number(made.digested))
    if made.muted:
        yield t("Have turned announcements off: {count}", count=t.number(made.muted))
    if made.unreachable:
        yield t("Cannot be reached: {count}", count=t.number(made.unreachable))
    if made.uncertain:
        yield t("Maybe delivered: {count}", count=t.number(made.uncertain))
    if made.failed:
        yield t("Failed: {count}", count=t.number(made.failed))
    if made.withheld:
        yield t("Not sent any more: {count}", count=t.number(made.withheld))
