"""A message about new calls as it is read: the best first, each with what can be said to it.

The message stays: all that is opened from it comes in a message of its own, so that it can be set
right when a call in it changes.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.calls import alerting
from bot.domain.calls.alerting import Item, Letter
from bot.domain.calls.browsing import View
from bot.domain.calls.fit import Fit
from bot.domain.calls.subscribing import SLOWER
from bot.kit.buttons import Button, Face, Rows
from bot.kit.paging import page
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from handlers.calls import listing, terms, words
from handlers.calls.dropping import REASONS
from handlers.calls.subscribing import PACES
from storage.calls.alerts import Because
from storage.calls.subscriptions import Pace

AT_ONCE = 7  # calls in a message, the rest is behind a button
IN_A_ROW = 4
ALONE = 5  # reasons of a call that stands alone
TOGETHER = 2  # of one among others
SHORT, LONG = 100, 160  # characters of a line: seven calls fit into a message
LESS = {
    Pace.NOW: gettext_noop("🔕 Write daily at most"),
    Pace.DAILY: gettext_noop("🔕 Write on Mondays only"),
    Pace.WEEKLY: gettext_noop("🔕 Do not write any more"),
}


@dataclass(frozen=True)
class TurnLetter(Button, prefix="ca.al"):
    """The message as it is now, at some page of it."""

    alert_id: int
    page: int = 0


@dataclass(frozen=True)
class FollowAlerted(Button, prefix="ca.al.fol"):
    alert_id: int


@dataclass(frozen=True)
class AskUnfit(Button, prefix="ca.al.no"):
    alert_id: int


@dataclass(frozen=True)
class SayUnfit(Button, prefix="ca.al.why"):
    alert_id: int
    why: str


@dataclass(frozen=True)
class TakeUnfitBack(Button, prefix="ca.al.yes"):
    alert_id: int


@dataclass(frozen=True)
class WriteAtPace(Button, prefix="ca.al.pace"):
    """Less often, in one tap, and `was` is what it can be taken back to; empty: as it is."""

    alert_id: int
    pace: str
    was: str


@dataclass(frozen=True)
class Aside(Button, prefix="ca.al.to"):
    """Something about a call, or about me, in a message of its own."""

    where: str
    call_id: int


def letter_screen(
    t: Texts, letter: Letter, now: datetime, number: int = 0, *, was: Pace | None = None
) -> Screen:
    """`was` is the pace that has just been left, so that it can be taken back."""
    shown = page(letter.items, number, AT_ONCE)
    alone = len(letter.items) == 1
    first = shown.number * AT_ONCE + 1
    entries = [
        _entry(t, item, now, 0 if alone else place)
        for place, item in enumerate(shown.items, first)
    ]
    rows = _of_one(t, shown.items[0]) if alone else _of_many(t, letter, shown.number)
    text = paragraphs(_head(t, letter), *entries, _pace_line(t, letter, was))
    return Screen(text, (*rows, _less(t, letter, was)))


def _head(t: Texts, letter: Letter) -> str:
    opened = all(item.alert.because == Because.OPENED for item in letter.items)
    number = len(letter.items)
    if opened:
        return t.n("🔔 <b>A call has opened</b>", "🔔 <b>{n} calls have opened</b>", number)
    return t.n("🔔 <b>A call for you</b>", "🔔 <b>{n} calls for you</b>", number)


def _entry(t: Texts, item: Item, now: datetime, place: int) -> str:
    most = SHORT if place else LONG
    title = listing.cut(terms.title_in(t, item.call), most)
    numbered = f"{place}. {title}" if place else title
    if item.is_dropped:
        assert item.interest is not None
        assert item.interest.unfit is not None
        why = t.plain(REASONS[item.interest.unfit])
        return t("<s>{title}</s>\n👎 {why}", title=numbered, why=why)
    view = _view(item)
    opened = t("🟢 It has just opened.") if item.alert.because == Because.OPENED else ""
    follows = t("👁 You follow it.") if item.follows else ""
    return lines(
        t("<b>{title}</b>", title=numbered),
        t("{about}", about=listing.cut(listing.about(t, view), most)),
        _when(t, item, view, now),
        _fit(t, item, in_a_line=bool(place)),
        opened,
        follows,
    )


def _view(item: Item) -> View:
    """As lists show it."""
    alert = item.alert
    due = (item.due,) if item.due else ()
    return View(
        item.call, due, (), Fit(alert.fit, alert.eligible, tuple(alert.reasons)), item.interest
    )


def _when(t: Texts, item: Item, view: View, now: datetime) -> str:
    """What was said when it was told stands struck through beside what holds now."""
    when, old, due = listing.when(t, view, now), item.moved_from, item.due
    if old is None or (due is not None and _day(t, old) == _day(t, due.at)):
        return t("{when}", when=when)
    return t("{when} (before: <s>{old}</s>)", when=when, old=t.date(_day(t, old)))


def _day(t: Texts, moment: datetime) -> date:
    return moment.astimezone(t.zone).date()


def _fit(t: Texts, item: Item, *, in_a_line: bool) -> str:
    """With its reasons; in grey, as far as Telegram has any, why they may not apply."""
    alert = item.alert
    if not alert.eligible:
        return t("⚪️ <i>{why}</i>", why=listing.cut(words.barred(t, alert.reasons), LONG))
    score = t("🎯 <b>Fit {score}</b>", score=alert.fit)
    reasons = [*words.reasons(t, alert.reasons)]
    if in_a_line:
        return " ".join((score, *reasons[:TOGETHER]))
    return lines(score, *reasons[:ALONE])


def _of_one(t: Texts, item: Item) -> Rows:
    key, call_id = item.alert.key, item.call.key
    card = Aside("card", call_id).labelled(t.label("ℹ️ The whole call"))
    if item.is_dropped:
        return ((TakeUnfitBack(key).labelled(t.label("↩️ For us after all")), card),)
    if item.call.state not in alerting.LIVE:
        return ((card,),)
    label = t.label("✅ I follow it") if item.follows else t.label("👁 Follow")
    follow_it = FollowAlerted(key).labelled(label)
    seek = Aside("seek", call_id).labelled(t.label("🤝 Find a partner"))
    no = AskUnfit(key).labelled(t.label("👎 Not for us"))
    return ((follow_it, seek), (no, card))


def _of_many(t: Texts, letter: Letter, number: int) -> Rows:
    """A number opens its call, with all that can be done about it."""
    shown = page(letter.items, number, AT_ONCE)
    first = shown.number * AT_ONCE + 1
    faces = [
        Aside("card", item.call.key).labelled(_sign(item) + str(place))
        for place, item in enumerate(shown.items, first)
    ]
    rows: list[tuple[Face, ...]] = [
        tuple(faces[start : start + IN_A_ROW]) for start in range(0, len(faces), IN_A_ROW)
    ]
    rest = len(letter.items) - first - len(shown.items) + 1
    if not shown.number and rest > 0:
        more = t.plain_n("{n} more ▸", "{n} more ▸", rest)
        rows.append((TurnLetter(letter.key, 1).labelled(more),))
    elif shown.number:
        rows.append(shown.turns(lambda to: TurnLetter(letter.key, to)))
    return tuple(rows)


def _sign(item: Item) -> str:
    if item.is_dropped:
        return "👎 "
    return "👁 " if item.follows else ""


def _pace_line(t: Texts, letter: Letter, was: Pace | None) -> str:
    if was is None:
        return ""
    return t("🔕 From now on I write: <b>{pace}</b>.", pace=t.plain(PACES[letter.pace]))


def _less(t: Texts, letter: Letter, was: Pace | None) -> tuple[Face, ...]:
    settings = Aside("set", 0).labelled(t.label("⚙️ What and when"))
    if was is not None:
        back = WriteAtPace(letter.key, was.value, "").labelled(t.label("↩️ Take it back"))
        return (back, settings)
    if letter.pace not in SLOWER:
        return (settings,)
    slower = WriteAtPace(letter.key, SLOWER[letter.pace].value, letter.pace.value)
    return (slower.labelled(t.label(LESS[letter.pace])), settings)
