"""Changes: two lines to those who follow a call, and older messages about it set right."""

from datetime import timedelta

from bot.domain.calls import telling
from bot.domain.calls.alerting import Letter
from bot.domain.calls.telling import News
from bot.kit.context import Desk
from bot.kit.routes import job
from bot.kit.screens import Screen, lines
from bot.kit.texts import LANGUAGES, Texts, gettext_noop
from handlers.calls import listing, terms
from handlers.calls.differences import difference
from handlers.calls.letters import letter_screen
from handlers.calls.ways import StopFollowing
from handlers.links import OpenCall
from storage.calls.history import Change, Turn
from storage.outbox import Call, Priority

MOST = 3  # changes told of at once; the card has them all
TURNS = {
    Turn.OPENED: gettext_noop("it has opened"),
    Turn.EXTENDED: gettext_noop("there is more time"),
    Turn.CLOSED_EARLY: gettext_noop("it closes early"),
    Turn.RAISED: gettext_noop("there is more money"),
    Turn.POSTPONED: gettext_noop("it opens later"),
    Turn.CANCELLED: gettext_noop("it has been called off"),
    Turn.REVIVED: gettext_noop("it is open again"),
}
ORDER = list(TURNS)


@job("calls.changes", every=timedelta(seconds=15))
async def tell(desk: Desk) -> None:
    for news in await telling.tell(desk.session, desk.house.cluster.zone, desk.now):
        for language in LANGUAGES:
            screen = news_screen(desk.house.texts[language], news)
            await telling.spread(desk.session, news, language, screen.payload, desk.now)
    for letter in await telling.outdated(desk.session, desk.now):
        _set_right(desk, letter)


def _set_right(desk: Desk, letter: Letter) -> None:
    """Behind notices of every kind, as when it was sent."""
    person, screen = letter.person, letter_screen(desk.texts_of(letter.person), letter, desk.now)
    if person.telegram_id is not None:
        look = {"message_id": letter.message_id, **screen.payload}
        desk.owe(Call("editMessageText", person.telegram_id, look, Priority.BULK))


@job("calls.messages", every=timedelta(hours=1))
async def note_messages(desk: Desk) -> None:
    await telling.note_messages(desk.session)


def news_screen(t: Texts, news: News) -> Screen:
    """What it comes to stands in the first line, the old and the new in the second."""
    title = listing.cut(terms.title_in(t, news.call), listing.WHOLE)
    turn = min((each.turn for each in news.changes), key=_rank)
    if turn in TURNS:
        head = t("⚠️ <b>{title}</b>: {turn}", title=title, turn=t.plain(TURNS[turn]))
    else:
        head = t("⚠️ <b>{title}</b>", title=title)
    told = sorted(_last_of_each(news), key=lambda each: _rank(each.turn))[:MOST]
    said = [difference(t, each, news.call) for each in told]
    key = news.call.key
    row = (
        OpenCall(key).labelled(t.label("💶 Open the call")),
        StopFollowing(key).labelled(t.label("🔕 Stop following")),
    )
    return Screen(lines(head, " · ".join(said)), (row,))


def _rank(turn: Turn) -> int:
    return ORDER.index(turn) if turn in ORDER else len(ORDER)


def _last_of_each(news: News) -> list[Change]:
    """The last change of each field, from what it was before the first."""
    found: dict[str, Change] = {}
    for change in news.changes:
        before = found.get(change.field)
        old = before.old if before else change.old
        found[change.field] = change.model_copy(update={"old": old})
    return [each for each in found.values() if each.old != each.new or each.old is None]
