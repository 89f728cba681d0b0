"""The team plans an event, looks at it, publishes it or throws it away."""

from datetime import timedelta

import pytest

from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.workshops import opens

TITLE = "Tenké vrstvy <2027>"


async def begin(who: Actor, title: str = TITLE, when: str = "14. 5. 2027 9:00–16:00") -> None:
    """From the list of events to the question after the date."""
    await who.says("/akce")
    await who.presses("➕ Nová akce")
    await who.presses("☀️ Jednodenní workshop")
    await who.says(title)
    await who.says("Meopta, Přerov")
    await who.says(when)


async def finish(who: Actor, seats: str = "40", audience: str = "🌍 Pro všechny") -> None:
    await who.says(seats)
    await who.presses(audience)


async def test_from_the_first_question_to_the_first_seat(manager: Actor, ann: Actor) -> None:
    await begin(manager)
    await finish(manager)
    assert "Takhle akci uvidí ostatní" in manager.screen
    assert "pátek 14. 5. 2027, 9:00–16:00" in manager.screen
    assert "Volná místa: 40/40" in manager.screen
    await ann.says("/akce")
    assert TITLE not in ann.screen
    await manager.presses("📣 Zveřejnit")
    assert manager.toast == "Zveřejněno. Teď o akci můžete napsat oznámení."
    await opens(ann, TITLE)
    assert "Meopta, Přerov" in ann.screen
    await ann.presses("✅ Sign up")
    assert "You have a seat" in ann.screen


async def test_two_days_each_by_itself(manager: Actor, ann: Actor) -> None:
    await begin(manager, when="14.–15. května 9–16")
    await manager.presses("Na každý den zvlášť")
    await finish(manager)
    assert "1. den" in manager.screen
    assert "pátek 14. 5. 2027, 9:00–16:00" in manager.screen
    assert "sobota 15. 5. 2027, 9:00–16:00" in manager.screen
    await manager.presses("📣 Zveřejnit")
    await opens(ann, TITLE)
    await ann.presses("✅ Sign up")
    assert list(ann.buttons)[:2] == ["☑️ 1. den", "☑️ 2. den"]


async def test_two_days_as_a_whole(manager: Actor) -> None:
    await begin(manager, when="14. 5. 2027 9:00 – 15. 5. 2027 12:00")
    await manager.presses("Jen na celou akci")
    await finish(manager)
    assert "1. den" not in manager.screen
    assert "pátek 14. 5. 9:00 – sobota 15. 5. 2027 12:00" in manager.screen


async def test_only_a_beginning_was_typed(manager: Actor) -> None:
    await begin(manager, when="14. května 2027 18:00")
    assert "Jak dlouho akce potrvá?" in manager.screen
    await manager.says("dlouho")
    assert "Jak dlouho? Třeba 3 h nebo 90 min." in manager.screen
    await manager.presses("2 h")
    await finish(manager)
    assert "pátek 14. 5. 2027, 18:00–20:00" in manager.screen


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("příští týden", "Tomuhle datu nerozumím."),
        ("14. 5. 2027 16:00–9:00", "To by skončilo dřív, než to začne."),
        ("14. 5. 2020 9–16", "Tohle už bylo: čtvrtek 14. 5. 2020 9:00"),
        ("31. 6. 2027 9–16", "Takový den nebo čas není."),
        ("9" * 4000, "Tomuhle datu nerozumím."),
    ],
)
async def test_dates_that_cannot_be(manager: Actor, typed: str, answer: str) -> None:
    await begin(manager, when=typed)
    assert answer in manager.screen
    assert "Kdy to bude?" in manager.screen
    await manager.says("14. 5. 2027 9–16")
    assert "Kolik je míst?" in manager.screen


@pytest.mark.parametrize("typed", ["0", "1000000", "-5", "hodně", "4,5", "٣", "9" * 400])
async def test_seats_that_cannot_be(manager: Actor, typed: str) -> None:
    await begin(manager)
    await manager.says(typed)
    assert "Napište prosím číslo od 1 do 100 000." in manager.screen.replace("\u00a0", " ")
    await finish(manager, "100 000")
    assert "Takhle akci uvidí ostatní" in manager.screen


async def test_a_title_of_ten_thousand_characters(manager: Actor) -> None:
    await manager.says("/akce")
    await manager.presses("➕ Nová akce")
    await manager.says("workshop")
    assert "Vyberte prosím jedno z tlačítek." in manager.screen
    await manager.presses("🏛 Členská schůze")
    for title in ("x" * 4096, "\u202e\u200b"):
        await manager.says(title)
        assert "nejvýš 120 znaků" in manager.screen
    await manager.sends_other("sticker")
    assert "nejvýš 120 znaků" in manager.screen


async def test_giving_up(manager: Actor) -> None:
    await begin(manager)
    await manager.presses("Zrušit")
    assert "Teď se žádná akce nechystá" in manager.screen


async def test_a_draft_is_thrown_away(manager: Actor) -> None:
    await begin(manager)
    await finish(manager)
    await manager.presses("🗑 Zahodit")
    assert manager.toast == "Koncept je smazaný."
    assert "Teď se žádná akce nechystá" in manager.screen


async def test_an_assistant_prepares_and_a_manager_publishes(
    assistant: Actor, manager: Actor, ann: Actor
) -> None:
    await begin(assistant)
    await finish(assistant)
    assert "Zveřejnit ji může manažer." in assistant.screen
    assert "📣 Zveřejnit" not in assistant.buttons
    await assistant.presses_data("ws.pub:1")
    assert assistant.alert
    await manager.says("/akce")
    assert "(koncept)" in manager.screen
    await manager.presses(f"✏️ {TITLE}")
    await manager.presses("🛠 Spravovat akci")
    await manager.presses("📣 Zveřejnit")
    await manager.presses_data("ws.pub:1")
    assert manager.toast == "Zveřejněno. Teď o akci můžete napsat oznámení."
    await manager.presses_data("ws.del:1")
    assert manager.toast == "Akce už je zveřejněná. Můžete ji zrušit."
    await opens(ann, TITLE)
    assert "🛠 Manage" not in ann.buttons


BUTTONS = """ws.plan ws.pub:1 ws.del:1 ws.off:1 ws.off!:1 ws.end!:1 ws.lead:1 ws.copy:1
ws.ed:1 ws.ed.what:1 ws.ed.when:1:0 ws.ed.who:1 ws.ed.reg:1 ws.ed.t:1:title ws.ed.for:1:members:0
ws.ed.pi:1 ws.ed.r:1:limit ws.ed.prov:1:1 ws.ed.sure:1 ws.inv:1:0 ws.inv.no:1:1:0 ws.inv.find:1
ws.inv.p:1:1 ws.inv.o:1:1 ws.ed.p:1:1 ws.p.move:1:1 ws.p.size:1:1 ws.p.t:1:1:name ws.p.kind:1:1
ws.p.is:1:1:day ws.p.usual:1:1:0 ws.p.del:1:1 ws.ed.add:1 ws.who:1:0:0 ws.xlsx:1 ws.brd:1
ws.brd.lead:1 ws.brd.pic:1"""


@pytest.mark.parametrize("data", BUTTONS.split())
async def test_who_may_not(manager: Actor, ann: Actor, data: str) -> None:
    await begin(manager)
    await finish(manager)
    await ann.says("/akce")
    await ann.presses_data(data)
    assert ann.alert
    assert "You may not do this" in (ann.toast or "")


async def test_the_day_passed_while_the_form_was_open(manager: Actor, wait: Wait) -> None:
    await begin(manager, when="5. 3. 2027 9:00–16:00")
    await manager.says("40")
    await wait(timedelta(days=5))
    await manager.presses("🌍 Pro všechny")
    assert manager.toast == "To by začalo v minulosti. Zvolte prosím pozdější termín."
    await manager.says("/akce")
    assert "Teď se žádná akce nechystá" in manager.screen
