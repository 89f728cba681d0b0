"""What we say by ourselves about bids: is it still handled, was it handed in, how did it end."""

from datetime import timedelta

from bot.domain.calls import follow_up
from bot.domain.calls.bids import SILENCE, Matter
from bot.domain.calls.follow_up import Word
from bot.kit.buttons import Rows
from bot.kit.context import Desk
from bot.kit.routes import job
from bot.kit.screens import Screen, paragraphs
from bot.kit.texts import Texts
from handlers.calls.bid_card import handing_rows, head, result_rows, still_rows
from handlers.calls.bidding import tell_offer, to_bid
from handlers.links import home
from storage.people import Person


@job("bids", every=timedelta(minutes=5))
async def speak(desk: Desk) -> None:
    for word in await follow_up.speak(desk.session, desk.house.cluster.zone, desk.now):
        for person in word.whom:
            await _say(desk, word, person)


async def _say(desk: Desk, word: Word, person: Person) -> None:
    t, found, key = desk.texts_of(person), word.handling, f"{word.key}:p{person.key}"
    about = await head(desk, found.call, t)
    if word.matter == Matter.OFFER:
        tell_offer(desk, found, person, about, key, SILENCE)
        return
    asked, rows = _question(t, word)
    last = (*to_bid(t, found)[0], home(t))
    desk.tell(person, Screen(paragraphs(about, asked), (*rows, last)), key=key)


def _question(t: Texts, word: Word) -> tuple[str, Rows]:
    key = word.handling.call.key
    match word.matter:
        case Matter.CHECK:
            return t("🙋 Do you still handle this call? One tap is enough."), still_rows(t, key)
        case Matter.HANDED:
            return t("📮 The deadline is over. Did you hand in a bid?"), handing_rows(t, key)
    return t("🏁 How did your bid end? It goes into the annual report."), result_rows(t, key)
