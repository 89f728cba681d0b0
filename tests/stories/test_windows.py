"""Windows: the owner says when an instrument is free, others book it, nobody books it twice."""

from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from bot.app import App
from bot.domain import privacy
from bot.domain.instruments import windows
from storage.instruments import Booking
from storage.people import by_telegram
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.enquiring import DAY, HOUR, M2000, Lab, asks, prague

TUESDAY, WEDNESDAY = "úterý 2. 3. 2027, 9:00–15:00", "středa 3. 3. 2027, 9:00–15:00"
TUE, WED = "Tue 2 Mar 2027, 09:00–15:00", "Wed 3 Mar 2027, 09:00–15:00"


async def publishes(contact: Actor, lab: Lab, text: str) -> None:
    if not contact.heard:
        await contact.says("/menu")
    await contact.presses_data(f"in.win:{lab.instrument}")
    await contact.presses("➕ Přidat termíny")
    await contact.says(text)


async def books(actor: Actor, lab: Lab, window: str) -> None:
    await actor.says("/menu")
    await actor.presses_data(f"in.win:{lab.instrument}")
    await actor.presses(f"🟢 {window}")
    await actor.presses(next(label for label in actor.buttons if label.startswith("✅")))


def entry(actor: Actor) -> Any:
    return Calendar.from_ical(actor.document).walk("vevent")[0]


@pytest.mark.postgres
async def test_the_owner_publishes_and_somebody_books(
    contact: Actor, eve: Actor, lab: Lab
) -> None:
    await publishes(contact, lab, "út 9–15\nst 3. 3. 9:00 - 15:00")
    assert [label for label in contact.buttons if label[0] == "🟢"] == [
        f"🟢 {TUESDAY}",
        f"🟢 {WEDNESDAY}",
    ]
    await books(eve, lab, TUE)
    assert eve.toast == "It is yours."
    assert any("I will remind you the day before" in text for text in eve.heard)
    assert any("Rezervace: Elipsometr M-2000" in text for text in contact.heard)
    assert any("Eve Elsewhere, Sklo a čočky a.s." in text for text in contact.heard)
    for actor in (eve, contact):
        booked = entry(actor)
        assert str(booked["uid"]).startswith("booking-1@")
        assert (booked["sequence"], str(booked["summary"])) == (0, M2000)
        assert booked["dtstart"].dt == prague(date(2027, 3, 2), 9)
        assert booked["dtend"].dt == prague(date(2027, 3, 2), 15)


@pytest.mark.postgres
async def test_two_press_at_the_same_moment(
    contact: Actor, eve: Actor, guest: Actor, app: App, lab: Lab
) -> None:
    await publishes(contact, lab, "út 9–15")
    for actor in (eve, guest):
        await actor.says("/menu")
        await actor.presses_data("iw:1")
    eve.phone.presses("✅ Book it")
    guest.phone.presses("✅ Zarezervovat")
    await app.settle()
    won = [actor for actor in (eve, guest) if not actor.alert]
    lost = [actor for actor in (eve, guest) if actor.alert]
    assert (len(won), len(lost)) == (1, 1)
    assert lost[0].toast in (
        "Somebody was faster: this window is taken. Please choose another.",
        "Někdo byl rychlejší, termín je obsazený. Vyberte prosím jiný.",
    )
    async with app.db.reading() as session:
        assert await session.get(Booking, 1) is not None
        assert await session.get(Booking, 2) is None


async def test_pressed_twice_it_is_booked_once(
    contact: Actor, eve: Actor, app: App, lab: Lab
) -> None:
    await publishes(contact, lab, "út 9–15")
    await books(eve, lab, TUE)
    told = len(contact.heard)
    await eve.presses_data("iw.take:1")
    assert len(contact.heard) == told
    assert eve.toast == "It is yours."


async def test_given_back_it_is_free_again(
    contact: Actor, eve: Actor, guest: Actor, lab: Lab, wait: Wait
) -> None:
    await publishes(contact, lab, "út 9–15")
    await books(eve, lab, TUE)
    await eve.presses_data("iw:1")
    await eve.presses("❌ Cancel")
    assert eve.toast == "Cancelled. I have let the owner know."
    for actor in (eve, contact):
        gone = entry(actor)
        assert (gone["status"], gone["sequence"]) == ("CANCELLED", 1)
        assert Calendar.from_ical(actor.document)["method"] == "CANCEL"
        assert str(gone["uid"]).startswith("booking-1@")
    assert any("Zrušená rezervace: Elipsometr M-2000" in text for text in contact.heard)
    await books(guest, lab, TUESDAY)
    assert str(entry(guest)["uid"]).startswith("booking-2@")
    await eve.presses_data("iw.back:1")
    assert eve.alert
    await eve.presses_data("iw.back:2")
    assert eve.alert
    await wait(9 * HOUR)
    assert not any(text.startswith("⏰") for text in eve.heard)


async def test_the_owner_cancels(contact: Actor, eve: Actor, lab: Lab) -> None:
    await publishes(contact, lab, "út 9–15")
    await books(eve, lab, TUE)
    await contact.presses_data("iw.no:1")
    await contact.presses("🗑 Ano, zrušit")
    assert any("The owner had to cancel: Elipsometr M-2000" in text for text in eve.heard)
    assert entry(eve)["status"] == "CANCELLED"
    await eve.presses_data("iw.take:1")
    assert eve.alert
    await publishes(contact, lab, "út 10–12")
    assert "🟢 úterý 2. 3. 2027, 10:00–12:00" in contact.buttons


@pytest.mark.postgres
async def test_reminders_the_day_before_and_an_hour_before(
    contact: Actor, eve: Actor, app: App, lab: Lab, wait: Wait
) -> None:
    await publishes(contact, lab, "st 9–15")
    await books(eve, lab, WED)
    await wait(prague(date(2027, 3, 2), 15, 59) - app.clock())
    assert not any(text.startswith("⏰") for text in (*eve.heard, *contact.heard))
    await wait(timedelta(minutes=1))
    await wait(timedelta(minutes=1))
    for actor in (eve, contact):
        [told] = [text for text in actor.heard if text.startswith("⏰")]
        assert M2000 in told
    await wait(prague(date(2027, 3, 3), 8) - app.clock())
    assert eve.heard[-1].startswith("⏰ Today at 09:00: Elipsometr M-2000")
    assert len([text for text in contact.heard if text.startswith("⏰")]) == 1
    await wait(2 * HOUR)
    assert len([text for text in eve.heard if text.startswith("⏰")]) == 2


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("1. 3. 2027 8:00–8:30", "Tohle už bylo"),
        ("30. 3. 2027 9–15", "nejdál čtyři týdny"),
        ("2. 3. 9:10–15:00", "po čtvrthodinách"),
        ("2. 3. 9:00–9:15", "od 30 minut do 24 hodin"),
        ("2. 3. 9:00 – 4. 3. 9:00", "od 30 minut do 24 hodin"),
        ("2. 3. 15–9", "skončilo dřív"),
        ("2. 3. 9:00", "Do kdy?"),
        ("kdykoli", "Tomuhle datu nerozumím"),
        ("út 9–15\nněkdy", "Řádek 2:"),
        ("út 9–15\nút 14–16", "Překrývá se s termínem, který začíná úterý 2. 3. 2027 9:00."),
        ("28. 3. 2:30–4:00", "Takový den nebo čas není."),
        ("x" * 2000, "Tomuhle datu nerozumím"),
        ("\n".join(["út 9–15"] * 13), "jeden až 12 termínů"),
    ],
)
async def test_windows_that_cannot_be(contact: Actor, lab: Lab, typed: str, answer: str) -> None:
    await publishes(contact, lab, typed)
    assert answer in contact.screen
    await contact.says("út 9–15")
    assert f"🟢 {TUESDAY}" in contact.buttons


async def test_across_midnight_and_into_summer_time(contact: Actor, lab: Lab, wait: Wait) -> None:
    await publishes(contact, lab, "2. 3. 22:00 – 3. 3. 6:00")
    assert "🟢 úterý 2. 3. 22:00 – středa 3. 3. 2027 6:00" in contact.buttons
    await publishes(contact, lab, "27. 3. 22:00 – 28. 3. 6:00\n28. 3. 6:00–8:00")
    assert "🟢 sobota 27. 3. 22:00 – neděle 28. 3. 2027 6:00" in contact.buttons
    await publishes(contact, lab, "28. 3. 5:00–7:00")
    assert "Překrývá se" in contact.screen


async def test_two_for_an_organisation(contact: Actor, eve: Actor, guest: Actor, lab: Lab) -> None:
    await publishes(contact, lab, "út 9–15\nst 9–15\nčt 9–15")
    await books(eve, lab, TUE)
    await books(eve, lab, WED)
    await books(eve, lab, "Thu 4 Mar 2027, 09:00–15:00")
    assert eve.toast == "Your organisation has two windows booked here, which is the most."
    await guest.presses_data(f"in.win:{lab.instrument}")
    assert [label for label in guest.buttons if label[0] == "🟢"] == [
        "🟢 čtvrtek 4. 3. 2027, 9:00–15:00"
    ]
    assert not any("Eve" in label for label in guest.buttons)


async def test_who_may_not(ann: Actor, eve: Actor, contact: Actor, lab: Lab) -> None:
    """Ann is of the owner; Eve is somebody else."""
    await publishes(contact, lab, "út 9–15")
    await ann.says("/menu")
    await ann.presses_data("iw.take:1")
    assert "belongs to your own organisation" in str(ann.toast)
    await eve.says("/menu")
    for data in ("iw.add:1", "iw.no.y:1", "iw.take:99", "in.win:99", "iw:99", "iw.ics:1"):
        await eve.presses_data(data)
        assert eve.alert, data


async def test_out_of_service(contact: Actor, eve: Actor, app: App, lab: Lab) -> None:
    await publishes(contact, lab, "út 9–15")
    await lab.break_down(app.clock(), app.clock() + 2 * DAY)
    await eve.says("/menu")
    await eve.presses_data("iw.take:1")
    assert "The instrument is out of service then" in str(eve.toast)
    await publishes(contact, lab, "út 16–18")
    assert "mimo provoz" in contact.screen


async def test_a_year_later_nobody_knows_who_had_booked(
    contact: Actor, eve: Actor, app: App, lab: Lab, wait: Wait
) -> None:
    await publishes(contact, lab, "út 9–15")
    await books(eve, lab, TUE)
    await wait(360 * DAY)
    async with app.db.reading() as session:
        assert await session.get(Booking, 1) is not None
    await wait(10 * DAY)
    async with app.db.reading() as session:
        assert await session.get(Booking, 1) is None


async def test_erasure_frees_what_was_booked(
    contact: Actor, eve: Actor, app: App, lab: Lab
) -> None:
    await publishes(contact, lab, "út 9–15")
    await books(eve, lab, TUE)
    async with app.db.writing() as session:
        who = await by_telegram(session, eve.id)
        assert who is not None
        given = await privacy.export(session, who, app.clock())
        assert given["bookings"][0]["booked_at"].startswith("2027-03-01T08:00")
        await privacy.forget(session, who, app.clock())
    await contact.presses_data(f"in.win:{lab.instrument}")
    assert f"🟢 {TUESDAY}" in contact.buttons


async def test_whom_an_outage_concerns(contact: Actor, eve: Actor, app: App, lab: Lab) -> None:
    await publishes(contact, lab, "út 9–15\nst 9–15")
    await books(eve, lab, WED)
    await asks(eve, lab)
    day = prague(date(2027, 3, 3), 0)
    async with app.db.reading() as session:
        found = await windows.affected(session, lab.instrument, day, None)
        assert [(w.key, p.telegram_id) for _, w, p in found.bookings] == [(2, eve.id)]
        assert [p.telegram_id for _, _, p in found.enquiries] == [eve.id]
        later = await windows.affected(session, lab.instrument, day + DAY, day + 2 * DAY)
        assert later.bookings == []


async def test_what_has_begun_stays(contact: Actor, eve: Actor, lab: Lab, wait: Wait) -> None:
    await publishes(contact, lab, "út 9–15")
    await books(eve, lab, TUE)
    await wait(DAY + HOUR)
    await eve.presses_data("iw.back:1")
    assert eve.toast == "This window has begun already."
    await contact.presses_data("iw.no.y:1")
    assert contact.alert
