"""Enquiries that are too long, empty, hostile, pressed twice, or not one's own."""

import pytest
from sqlmodel import select

from bot.app import App
from bot.domain import privacy
from storage import people
from storage.instruments import Carried, Demand, Search
from storage.people import by_telegram
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.enquiring import DAY, M2000, Lab, asks

HOSTILE = "<b>hi</b> & <script>alert(1)</script> {x} \u202egnp.exe"


async def test_texts_that_do_not_fit(eve: Actor, contact: Actor, lab: Lab) -> None:
    await eve.says("/menu")
    await eve.presses_data("in.ask:1")
    await eve.says("x" * 2001)
    assert "at most 2000 characters" in eve.screen
    await eve.says("\u200b \n")
    assert "at most 2000 characters" in eve.screen
    await eve.sends_other("sticker")
    assert "at most 2000 characters" in eve.screen
    await eve.says("x" * 2000)
    await eve.says("1. 2. 2027")
    assert "has passed already" in eve.screen
    await eve.says("whenever")
    assert "I cannot read this date" in eve.screen
    await eve.says("30. 5.")
    await eve.presses("⏭ Skip")
    await eve.says("maybe")
    assert "Please press one of the buttons." in eve.screen
    await eve.presses("No")
    assert "🕘 By 30 May 2027" in eve.screen
    await eve.presses("📨 Send")
    assert "x" * 2000 in contact.heard[-1]


async def test_hostile_words_are_only_words(eve: Actor, contact: Actor, lab: Lab) -> None:
    await asks(eve, lab, HOSTILE)
    assert "<b>hi</b> & <script>alert(1)</script> {x} gnp.exe" in contact.heard[-1]
    await contact.presses("💬 Zeptat se")
    await contact.says(HOSTILE)
    assert "<script>" in eve.heard[-1]


@pytest.mark.postgres
async def test_pressed_twice_it_is_sent_once(eve: Actor, contact: Actor, lab: Lab) -> None:
    await asks(eve, lab, send=False)
    await eve.presses_data("iq.send:1")
    await eve.presses_data("iq.send:1")
    assert eve.toast == "It was sent."
    assert len(contact.heard) == 1
    await eve.presses_data("in.ask:1")
    assert eve.toast == "You have asked already. Here is how it stands."
    assert len(await lab.enquiries()) == 1


async def test_somebody_elses_enquiry(eve: Actor, ann: Actor, contact: Actor, lab: Lab) -> None:
    """Ann is of the owner, but not its contact person."""
    await asks(eve, lab)
    await ann.says("/menu")
    for data in (
        "iq:1",
        "iq.of:1",
        "iq.wr:1",
        "iq.no.y:1:capacity",
        "iq.me.y:1",
        "iq.take:1",
        "iq.back.y:1",
        "iq.end.y:1:contract",
        "iq.fw:1:0",
        "iq.fw.y:1:1",
        "iq.all:1:0",
        "iq.send:1",
        "iq.drop:1",
    ):
        await ann.presses_data(data)
        assert ann.alert, data
    for data in ("iq.back.y:1", "iq.end.y:1:contract", "iq.fw.y:1:1", "iq.no.y:1:nonsense"):
        await contact.presses_data(data)
        assert contact.alert, data
    await eve.presses_data("iq.of:1")
    assert eve.alert
    [enquiry] = await lab.enquiries()
    assert (enquiry.state, enquiry.taken_by) == ("waiting", None)


async def test_of_ones_own_organisation(ann: Actor, lab: Lab) -> None:
    await ann.says("/menu")
    await ann.presses_data("in.ask:1")
    assert "belongs to your own organisation" in ann.screen
    assert "Karel Kontaktní" in ann.screen


async def test_guests_are_told_how_to_join(app: App, sandbox_guest: Actor, lab: Lab) -> None:
    await sandbox_guest.presses_data("in.ask:1")
    assert sandbox_guest.alert


@pytest.fixture
async def sandbox_guest(manager: Actor, assistant: Actor, app: App) -> Actor:
    """Somebody of no organisation and no role."""
    async with app.db.writing() as session:
        adam = await by_telegram(session, assistant.id)
        assert adam is not None
        await people.end_roles(session, adam.key, app.clock())
    await assistant.says("/menu")
    return assistant


@pytest.mark.parametrize("how", ["hide", "delete"])
async def test_an_instrument_that_is_gone(eve: Actor, contact: Actor, lab: Lab, how: str) -> None:
    await asks(eve, lab)
    await getattr(lab, how)()
    await contact.presses_data("iq:1")
    assert f"Dotaz na {M2000}" in contact.screen
    assert "Přístroj už v databázi není." in contact.screen
    await contact.presses("💰 Nabídnout")
    await contact.presses("Umíme to")
    assert "Umíme to" in eve.heard[-1]
    await eve.presses_data("in.ask:1")
    assert eve.alert or M2000 in eve.screen


async def test_who_asked_has_blocked_the_bot(eve: Actor, contact: Actor, lab: Lab) -> None:
    await asks(eve, lab)
    await eve.blocks()
    await contact.presses("💬 Zeptat se")
    await contact.says("Jak silná?")
    assert "Jak silná?" in contact.screen
    await eve.unblocks()
    await eve.says("/menu")
    await eve.presses_data("iq:1")
    assert "Jak silná?" in eve.screen


async def test_gone_before_it_was_sent(eve: Actor, contact: Actor, lab: Lab) -> None:
    await asks(eve, lab, send=False)
    await lab.hide()
    await eve.presses("📨 Send")
    assert eve.alert
    assert contact.heard == []


async def test_eleven_a_day_are_too_many(eve: Actor, app: App, lab: Lab) -> None:
    for _ in range(10):
        await asks(eve, lab)
        await eve.presses("↩️ Take back")
        await eve.presses("↩️ Yes, take it back")
    await asks(eve, lab)
    assert eve.toast == "You have sent ten enquiries today. Please go on tomorrow."


async def searched(app: App, eve: Actor, said: str) -> int:
    async with app.db.writing() as session:
        who = await by_telegram(session, eve.id)
        assert who is not None
        search = Search(person_id=who.key, said=said, searched_at=app.clock())
        session.add(search)
        await session.flush()
        return search.key


async def test_all_owners_of_what_was_found(
    eve: Actor, ann: Actor, contact: Actor, guest: Actor, app: App, lab: Lab
) -> None:
    key = await searched(app, eve, "elipsometr")
    await eve.says("/menu")
    await eve.presses_data(f"in.all:{key}")
    assert "Enquiry to 2 owners" in eve.screen
    await eve.presses("🔎 elipsometr")
    await eve.presses("As soon as possible")
    await eve.presses("⏭ Skip")
    await eve.presses("No")
    await eve.presses("📨 Send")
    assert "Dotaz na Elipsometr" in contact.heard[-1]
    assert "Dotaz na Elipsometr UVISEL" in guest.heard[-1]
    await ann.says("/menu")
    await ann.presses_data(f"in.all:{key}")
    assert ann.alert


async def test_all_members_where_nothing_was_found(
    eve: Actor, contact: Actor, guest: Actor, app: App, lab: Lab, wait: Wait
) -> None:
    key = await searched(app, eve, "synchrotron")
    await eve.says("/menu")
    await eve.presses_data(f"in.all:{key}")
    await eve.says("Kdo má synchrotron?")
    await eve.presses("As soon as possible")
    await eve.presses("⏭ Skip")
    await eve.presses("No")
    assert "To all members" in eve.screen
    await eve.presses("📨 Send")
    assert "Asked: 2 organisations" in eve.screen
    assert "Nobody has answered yet" in eve.screen
    for each in (contact, guest):
        assert "Dotaz na všechny členy" in each.heard[-1]
    await contact.presses("❌ Odmítnout")
    await contact.presses("nemáme kapacitu")
    assert not any("declined" in text for text in eve.heard[-1:])
    await guest.presses("💰 Nabídnout")
    await guest.says("Máme malý")
    assert "Laboratoř vrstev v. v. i. offers, for a question to all members:" in eve.heard[-1]
    for _ in range(5):
        await wait(DAY)
    assert len([text for text in contact.heard if "čeká" in text and "⏳" in text]) == 0


async def test_what_was_written_goes_with_its_writer(
    eve: Actor, contact: Actor, app: App, lab: Lab
) -> None:
    await asks(eve, lab)
    await contact.presses("💬 Zeptat se")
    await contact.says("Jak silná?")
    async with app.db.writing() as session:
        who = await by_telegram(session, eve.id)
        karel = await by_telegram(session, contact.id)
        assert who is not None
        assert karel is not None
        given = await privacy.export(session, who, app.clock())
        assert given["enquiries"][0]["text"] == "Tloušťka vrstvy SiO₂"
        assert given["words_in_enquiries"] == []
        theirs = await privacy.export(session, karel, app.clock())
        assert theirs["words_in_enquiries"][0]["text"] == "Jak silná?"
        assert "Tloušťka" not in str(theirs["enquiries"])
        await privacy.forget(session, who, app.clock())
    [enquiry] = await lab.enquiries()
    assert (enquiry.state, enquiry.first_answer_at is not None) == ("withdrawn", True)
    async with app.db.reading() as session:
        assert [each.text for each in await session.exec(select(Demand))] == [""]
    await contact.presses_data("iq:1")
    assert "Text už je smazaný." in contact.screen


async def test_a_year_after_the_end_nothing_of_it_is_left(
    eve: Actor, contact: Actor, app: App, lab: Lab, wait: Wait
) -> None:
    await asks(eve, lab)
    await contact.presses("💬 Zeptat se")
    await contact.says("Jak silná?")
    await contact.presses("❌ Odmítnout")
    await contact.presses("nemáme kapacitu")
    await wait(364 * DAY)
    async with app.db.reading() as session:
        assert len((await session.exec(select(Carried))).all()) == 1
    await wait(2 * DAY)
    async with app.db.reading() as session:
        assert (await session.exec(select(Carried))).all() == []
        assert [each.text for each in await session.exec(select(Demand))] == [""]
    assert len(await lab.enquiries()) == 1
