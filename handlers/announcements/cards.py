"""What an announcement looks like to those who make it, and the buttons under it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.announcements import Card
from bot.kit.buttons import Button, Face, Rows
from bot.kit.context import Context
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from handlers.links import ListAnnouncements, OpenPillar, way_back
from storage.announcements import Announcement, Content, Facet, SavedAudience
from storage.organisations import Organisation
from storage.outbox import Call, State
from storage.pillars import Pillar
from storage.workshops import Event

BAR = 10  # squares
TITLE = 30  # characters


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
class Send(Button, prefix="an.go"):
    """`edition` is the one that was previewed; `sure` is 1 for the second yes."""

    announcement_id: int
    edition: int
    sure: int


@dataclass(frozen=True)
class Stop(Button, prefix="an.stop"):
    announcement_id: int


def show_content(ctx: Context, card: Card) -> None:
    """Send the message exactly as everybody gets it, and the card below it."""
    chat = ctx.me.telegram_id
    assert chat is not None
    for content in card.contents:
        ctx.owe(Call(content.method, chat, content.payload))
    ctx.owe(Call("sendMessage", chat, screen(ctx.t, card).payload))


def screen(t: Texts, card: Card) -> Screen:
    if card.announcement.sent_at is None:
        return _draft(t, card)
    return _running(t, card) if card.announcement.done_at is None else result(t, card)


def result(t: Texts, card: Card) -> Screen:
    made = card.announcement
    assert made.sent_at is not None
    title = t("✅ <b>The announcement is out</b>")
    if made.stopped_at is not None:
        title = t("⏹ <b>The announcement was stopped</b>")
    text = paragraphs(
        lines(title, _addressees(t, card), t("Sent: {moment}", moment=t.moment(made.sent_at))),
        _counts(t, made),
    )
    again = ShowContent(made.key).labelled(t.label("👁 Show the message"))
    return Screen(text, ((again,), *way_back(t, origin(card))))


def origin(card: Card) -> Button:
    """Where its author comes from: a guarantor has no list of announcements."""
    pillar_id = card.announcement.pillar_id
    if pillar_id is not None and not card.may_address:
        return OpenPillar(pillar_id)
    return ListAnnouncements()


def title(t: Texts, contents: Sequence[Content]) -> str:
    """The first words, for a line in a list."""
    payload = contents[0].payload if contents else {}
    words = str(payload.get("text") or payload.get("caption") or "").strip().partition("\n")[0]
    if not words:
        return t.label("Picture") if "photo" in payload else t.label("Document")
    return words if len(words) <= TITLE else f"{words[: TITLE - 1].rstrip()}…"


def _draft(t: Texts, card: Card) -> Screen:
    made = card.announcement
    change: tuple[Face, ...] = (
        Rewrite(made.key).labelled(t.label("✏️ Write it anew")),
        Discard(made.key).labelled(t.label("🗑 Throw away")),
    )
    asked = t.label("👥 Choose for whom") if made.audience is None else t.label("👥 Others")
    choose = ((ChooseAudience(made.key).labelled(asked),),) if card.may_address else ()
    rows: Rows = (*choose, change, *way_back(t, origin(card)))
    seen = t("☝️ This is exactly what will arrive.")
    if made.audience is None:
        return Screen(paragraphs(seen, t("Nobody gets it before you say so.")), rows)
    text = paragraphs(seen, lines(_addressees(t, card), _reach(t, card)), _next_step(t, card))
    return Screen(text, (*_way_on(t, card), *rows))


def _way_on(t: Texts, card: Card) -> Rows:
    made = card.announcement
    if not card.people:
        return ()
    if not card.may_send or card.free_from:
        return ((HandOver(made.key).labelled(t.label("🙋 Give to the manager")),),)
    words = t.plain_n(
        "📨 Send to {count} person",
        "📨 Send to {count} people",
        card.people,
        count=t.number(card.people),
    )
    return ((Send(made.key, made.edition, 0).labelled(words, "success"),),)


def _next_step(t: Texts, card: Card) -> str:
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


def _running(t: Texts, card: Card) -> Screen:
    made, delivered = card.announcement, card.progress.get(State.SENT, 0)
    full = BAR * delivered // max(card.people, 1)
    bar = "▰" * full + "▱" * (BAR - full)
    title = t("📨 <b>The announcement is on its way</b>")
    if made.stopped_at is not None:
        title = t("⏹ <b>Stopping the announcement</b>")
    done, everybody = t.number(delivered), t.number(card.people)
    count = t("{bar} {done} of {all}", bar=bar, done=done, all=everybody)
    text = paragraphs(lines(title, _addressees(t, card)), count)
    leave = LeaveProgress(made.key).labelled(t.label("◀ Back"))
    if made.stopped_at is not None or not card.may_send:
        return Screen(text, ((leave,),))
    stop = Stop(made.key).labelled(t.label("⏹ Stop"), "danger")
    return Screen(text, ((stop,), (leave,)))


def _addressees(t: Texts, card: Card) -> str:
    choice = card.choice
    if choice is None:
        return ""
    if not choice.clauses:
        return t("For: <b>everybody who has the bot</b>")
    clause = choice.clauses[0]
    if clause.facet is Facet.MEMBERSHIP:
        return t("For: <b>members of the cluster</b>")
    match card.named.get((clause.facet, int(clause.values[0]))):
        case Pillar() as pillar:
            return t("For: <b>the pillar {name}</b>", name=pillar.name_in(t.language))
        case Event() as event:
            return t("For: <b>registered for {title}</b>", title=event.title)
        case Organisation() | SavedAudience() | Announcement() | None:
            return t("For: an event that is not here any more")


def _reach(t: Texts, card: Card) -> str:
    people = t.n(
        "It goes to <b>{count}</b> person.",
        "It goes to <b>{count}</b> people.",
        card.people,
        count=t.number(card.people),
    )
    if not card.unreachable:
        return people
    out_of_reach = t.n(
        "{n} more cannot be reached, having blocked the bot.",
        "{n} more cannot be reached, having blocked the bot.",
        card.unreachable,
    )
    return lines(people, out_of_reach)


def _counts(t: Texts, made: Announcement) -> str:
    delivered, people = t.number(made.delivered), t.number(made.people)
    return lines(
        t("Delivered: <b>{delivered}</b> of {people}", delivered=delivered, people=people),
        _count(
            t("Cannot be reached: {count}", count=t.number(made.unreachable)), made.unreachable
        ),
        _count(t("Maybe delivered: {count}", count=t.number(made.uncertain)), made.uncertain),
        _count(t("Failed: {count}", count=t.number(made.failed)), made.failed),
        _count(t("Not sent any more: {count}", count=t.number(made.withheld)), made.withheld),
    )


def _count(words: str, count: int) -> str:
    return words if count else ""
