"""An announcement that is about to leave or on its way: how far it is, and what can be done."""

from dataclasses import dataclass

from bot.domain.announcements import DELETABLE, NIGHT, UNDO, Card
from bot.kit.buttons import Button, Face, Rows
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts
from storage.announcements import Delivery, Stage
from storage.outbox import State

BAR = 10  # squares
QUOTE = 150  # characters of what Telegram says


@dataclass(frozen=True)
class TakeBack(Button, prefix="an.undo"):
    """Before it has left: it is a draft again."""

    announcement_id: int


@dataclass(frozen=True)
class Pause(Button, prefix="an.pause"):
    announcement_id: int


@dataclass(frozen=True)
class Resume(Button, prefix="an.on"):
    announcement_id: int


@dataclass(frozen=True)
class Stop(Button, prefix="an.stop"):
    announcement_id: int


@dataclass(frozen=True)
class Correct(Button, prefix="an.typo"):
    announcement_id: int


@dataclass(frozen=True)
class CorrectIn(Button, prefix="an.typo.in"):
    announcement_id: int
    language: str = ""


@dataclass(frozen=True)
class Recall(Button, prefix="an.recall"):
    """`sure` is 1 for the second yes."""

    announcement_id: int
    sure: int = 0


def screen(t: Texts, card: Card, whom: str, leave: Face) -> Screen:
    """`whom` says for whom it is."""
    if card.announcement.stage is Stage.SCHEDULED:
        return _scheduled(t, card, whom, leave)
    return _running(t, card, whom, leave)


def _scheduled(t: Texts, card: Card, whom: str, leave: Face) -> Screen:
    made = card.announcement
    assert made.leaves_at is not None
    people = t.n(
        "To <b>{count}</b> person.",
        "To <b>{count}</b> people.",
        card.people,
        count=t.number(card.people),
    )
    where = ""
    if made.delivery is Delivery.DIGEST:
        where = t("They will find it in Monday's digest.")
    text = paragraphs(leaving(t, card), lines(whom, people, where))
    back = TakeBack(made.key).labelled(t.label("↩️ Take it back"))
    return Screen(text, (((back,), (leave,)) if card.may_send else ((leave,),)))


def leaving(t: Texts, card: Card) -> str:
    """To the second while it can still be taken back, for that is soon over."""
    at = card.announcement.leaves_at
    assert at is not None
    local = at.astimezone(t.zone)
    if at - card.now <= UNDO:
        return t("⏳ <b>It leaves at {time}</b>", time=f"{local.hour}:{local:%M:%S}")
    return t("🕗 <b>It leaves {moment}</b>", moment=t.moment(at))


def _running(t: Texts, card: Card, whom: str, leave: Face) -> Screen:
    delivered = card.progress.get(State.SENT, 0)
    full = BAR * delivered // max(card.people, 1)
    bar = "▰" * full + "▱" * (BAR - full)
    done, everybody = t.number(delivered), t.number(card.people)
    count = t("{bar} {done} of {all}", bar=bar, done=done, all=everybody)
    text = paragraphs(lines(_title(t, card), whom), count, _why(t, card))
    return Screen(text, (*_ways(t, card), (leave,)))


def _title(t: Texts, card: Card) -> str:
    match card.announcement.stage:
        case Stage.CANCELLED:
            return t("⏹ <b>Stopping the announcement</b>")
        case Stage.PAUSED:
            return t("⏸ <b>The announcement rests</b>")
        case _:
            return t("📨 <b>The announcement is on its way</b>")


def _why(t: Texts, card: Card) -> str:
    made = card.announcement
    if made.stage is not Stage.PAUSED or made.paused_why is None:
        return ""
    if made.paused_why == NIGHT:
        return t("It goes on in the morning of the next working day.")
    return stumbled(t, made.paused_why)


def stumbled(t: Texts, why: str) -> str:
    words = why if len(why) <= QUOTE else f"{why[: QUOTE - 1]}…"
    return t(
        "Twenty messages in a row could not be sent. Telegram says: <i>{words}</i>", words=words
    )


def _ways(t: Texts, card: Card) -> Rows:
    made = card.announcement
    if not card.may_send or made.stage is Stage.CANCELLED:
        return ()
    stop = Stop(made.key).labelled(t.label("⏹ Stop"), "danger")
    rest = Pause(made.key).labelled(t.label("⏸ Pause"))
    if made.stage is Stage.PAUSED:
        rest = Resume(made.key).labelled(t.label("▶️ Go on"), "success")
    return ((rest, stop), *amends(t, card))


def amends(t: Texts, card: Card) -> Rows:
    """What can be done about what has arrived."""
    made = card.announcement
    if not card.may_send or made.recalled_at is not None or not made.people:
        return ()
    correct = Correct(made.key).labelled(t.label("✏️ Correct a typo"))
    recall = Recall(made.key).labelled(t.label("🗑 Delete what has arrived"))
    old = card.now >= (made.done_at or card.now) + DELETABLE
    if made.stage in (Stage.RUNNING, Stage.PAUSED) or old:
        return ((correct,),)
    return ((correct,), (recall,))
