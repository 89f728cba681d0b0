"""The slow part of calls by hand: a page or a file is fetched and read, and what it says shown."""

from datetime import timedelta

from telegram.error import TelegramError

from bot.domain.calls import drafting, settling
from bot.domain.calls.found import Found, Unreadable
from bot.kit.context import Desk
from bot.kit.errands import Trip
from bot.kit.routes import errand, job
from bot.kit.screens import Screen, lines, paragraphs
from bot.kit.texts import Texts, gettext_noop
from bot.papers import pdf_texts
from bot.papers.pdf_texts import MOST_BYTES, Fault
from bot.sources import handed
from bot.sources.addresses import Unfetched, host_of
from bot.sources.fetching import Request
from handlers.calls.drafting import FillByHand, WantDraft
from handlers.calls.listing import cut
from handlers.calls.troubles import UNREADABLE, Trouble, in_words, unfetched
from handlers.calls.ways import OpenCallsDesk, SettleCall
from handlers.links import way_back
from storage import people
from storage.calls import desk as store
from storage.calls.records import GrantCall
from storage.people import Person

PATIENCE = 60.0  # seconds for a page; some Czech ones take half of it
TITLE = 200
FAULTS = {
    Fault.TOO_LARGE: gettext_noop("The file is too large. Please send me the link or the text."),
    Fault.NO_PDF: gettext_noop("This is no PDF inside. Please send me the link or the text."),
    Fault.LOCKED: gettext_noop("The PDF has a password. Please send it without one."),
    Fault.NO_TEXT: gettext_noop(
        "The PDF is scanned: there are pictures of pages, no text. Please send me the link or"
        " the text."
    ),
    Fault.TOO_SLOW: gettext_noop(
        "Reading the PDF takes too long. Please send me the link or the text."
    ),
    Fault.DAMAGED: gettext_noop("The PDF is damaged. Please save it once more and send it again."),
}
NO_FILE = gettext_noop("Telegram did not give me the file. Please send it once more.")
Why = Unfetched | Unreadable | pdf_texts.Unreadable | TelegramError


@job("calls.drafts", every=timedelta(hours=6))
async def forget_unwanted(desk: Desk) -> None:
    await drafting.prune(desk.session, desk.now)


@errand("calls.draft")
async def draft(trip: Trip, call_id: int, person_id: int, file: str = "") -> None:
    async with trip.look() as desk:
        call = await store.find(desk.session, call_id)
        me = await people.find(desk.session, person_id)
        hosts = await store.allowed(desk.session)
    if call is None or me is None or call.title:
        return
    try:
        found = await _read_file(trip, file) if file else await _read(trip, call, hosts)
    except (Unfetched, Unreadable, pdf_texts.Unreadable, TelegramError) as why:
        await _refuse(trip, call_id, me, why, is_file=bool(file))
        return
    await _show(trip, call_id, me, found)


async def _read_file(trip: Trip, file: str) -> Found:
    content = await trip.fetch(file, MOST_BYTES)
    leaflet = await trip.aside(pdf_texts.text_of, content)
    return await trip.aside(handed.of_text, leaflet.text, "", trip.now, _zone(trip))


async def _read(trip: Trip, call: GrantCall, hosts: frozenset[str]) -> Found:
    """The page, or where it may not be asked or does not answer the words that came with it."""
    try:
        if call.link and host_of(call.link) in hosts:
            return await _read_page(trip, call.link, hosts)
    except (Unfetched, Unreadable):
        if not call.description:
            raise
    text, link = call.description, call.link
    return await trip.aside(handed.of_text, text, link, trip.now, _zone(trip))


async def _read_page(trip: Trip, link: str, hosts: frozenset[str]) -> Found:
    answer = await trip.house.fetcher.fetch(Request(link, allowed=hosts, timeout=PATIENCE))
    body, headers = answer.body, answer.headers
    if body.startswith(b"%PDF-"):
        leaflet = await trip.aside(pdf_texts.text_of, body)
        return await trip.aside(handed.of_text, leaflet.text, link, trip.now, _zone(trip))
    return await trip.aside(handed.of_page, body, headers, link, trip.now, _zone(trip))


def _zone(trip: Trip) -> str:
    return trip.house.cluster.timezone


async def _show(trip: Trip, call_id: int, me: Person, found: Found) -> None:
    async with trip.deliver() as desk:
        filled = await drafting.fill(desk.session, call_id, found, me, desk.now)
        if filled is None:
            return
        its = await settling.look(desk.session, call_id, me, desk.now)
        desk.tell(me, _found_screen(desk.texts_of(me), filled, len(its.proposals)))


def _found_screen(t: Texts, call: GrantCall, number: int) -> Screen:
    read = t.n(
        "I have read {n} value in it. Nothing counts before you say that it holds.",
        "I have read {n} values in it. Nothing counts before you say that they hold.",
        number,
    )
    nothing = t("I have found no deadline and no amount in it. Please fill them in.")
    text = paragraphs(
        lines(t("📝 The draft is ready:"), t("<b>{title}</b>", title=cut(call.title, TITLE))),
        read if number else nothing,
    )
    see = SettleCall(call.key).labelled(t.label("👁 Open the draft"), "primary")
    return Screen(text, ((see,), *way_back(t, OpenCallsDesk())))


async def _refuse(trip: Trip, call_id: int, me: Person, why: Why, *, is_file: bool) -> None:
    async with trip.deliver() as desk:
        call = await store.find(desk.session, call_id)
        if call is None or call.title:
            return
        t = desk.texts_of(me)
        again = WantDraft(call_id).labelled(t.label("🔁 Try again"))
        by_hand = FillByHand(call_id).labelled(t.label("✍️ Fill it in by hand"))
        text = paragraphs(t("📝 I could not read it."), _in_words(t, why))
        rows = ((by_hand,),) if is_file else ((again,), (by_hand,))
        desk.tell(me, Screen(text, (*rows, *way_back(t, OpenCallsDesk()))))


def _in_words(t: Texts, why: Why) -> str:
    match why:
        case pdf_texts.Unreadable():
            return t("{why}", why=t.plain(FAULTS[why.fault]))
        case TelegramError():
            if "too big" in why.message.lower():
                return t("{why}", why=t.plain(FAULTS[Fault.TOO_LARGE]))
            return t("{why}", why=t.plain(NO_FILE))
        case Unfetched():
            trouble = unfetched(why)
        case _:
            trouble = Trouble(UNREADABLE, "", str(why))
    return t("The page: {why}.", why=in_words(t, str(trouble)))
