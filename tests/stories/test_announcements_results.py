"""How an announcement went: in numbers, by organisation, as a table; and who has not reacted."""

import io
from datetime import timedelta

import openpyxl
import pytest

from bot.app import App
from bot.sandbox.sandbox import Sandbox
from storage.announcements import Response, ResponseKind
from storage.people import by_telegram
from tests.actors import Actor
from tests.conftest import NOW
from tests.stories.announcing import MEMBERS, Wait, crowd, received, write
from tests.stories.choosing import announcement, event, out

DONE = "✅ 1. 3. 2027 · Zítra je volno."


@pytest.fixture(autouse=True)
def everybody_has_pressed_start(ann: Actor, bob: Actor, contact: Actor, eve: Actor) -> None:
    """The four members whom announcements reach."""


async def _sent(
    manager: Actor, wait: Wait, text: str = "Zítra je volno.", to: str = MEMBERS
) -> None:
    await write(manager, text, to=to)
    await manager.presses(next(each for each in manager.buttons if each.startswith("📨")))
    await out(wait)


async def _results(manager: Actor) -> None:
    await manager.presses_data("an:0")
    await manager.presses(DONE)


async def _did(app: App, who: Actor, kind: ResponseKind) -> None:
    async with app.db.writing() as session:
        person = await by_telegram(session, who.id)
        assert person is not None
        session.add(Response(announcement_id=1, person_id=person.key, kind=kind, at=NOW))


@pytest.mark.postgres
async def test_what_became_of_it(
    app: App, manager: Actor, ann: Actor, bob: Actor, contact: Actor, eve: Actor, wait: Wait
) -> None:
    await bob.blocks()
    await _sent(manager, wait)
    await _did(app, ann, ResponseKind.TAPPED)
    await _did(app, ann, ResponseKind.INTERESTED)
    await _did(app, eve, ResponseKind.CHOSE)
    await _results(manager)
    assert "📊 Zítra je volno." in manager.screen
    assert "Komu: členům klastru" in manager.screen
    assert "Doručeno: 3 z 3" in manager.screen
    assert "Nelze jim psát: 1" in manager.screen
    assert "👆 Klepli: 1" in manager.screen
    assert "🙋 Mají zájem: 1" in manager.screen
    assert "💬 Odpověděli: 1" in manager.screen
    assert "🤫 Zatím nereagovali: 1" in manager.screen
    assert "Telegram neprozradí" in manager.screen
    await manager.presses("🏢 Podle organizací")
    assert "• Sklo a čočky · doručeno 1 z 1 · odpověděli 1" in manager.screen
    assert "• Ukázková optika · doručeno 2 z 3 · klepli 1 · mají zájem 1" in manager.screen
    await manager.presses("◀ Zpět")
    await manager.presses("🤫 Kdo ještě nereagoval")
    assert "1 člověk ji dostal a nereagoval:" in manager.screen
    assert "• Karel Kontaktní · Ukázková optika" in manager.screen


async def test_the_end_leads_to_the_results(manager: Actor, wait: Wait) -> None:
    await _sent(manager, wait)
    await manager.presses("📊 Výsledky")
    assert "🤫 Zatím nereagovali: 4" in manager.screen


async def test_a_reminder_to_those_alone_who_have_not_reacted(
    app: App, manager: Actor, ann: Actor, bob: Actor, contact: Actor, eve: Actor, wait: Wait
) -> None:
    await bob.blocks()
    await manager.says("/oznameni")
    words = {
        "text": "🎉 Zítra je volno.",
        "entities": [{"type": "bold", "offset": 3, "length": 5}],
    }
    manager.phone._post(words)
    await manager.app.settle()
    await manager.presses("👥 Vybrat komu")
    await manager.presses(MEMBERS)
    await manager.presses("📨 Poslat 3 lidem")
    await out(wait)
    await _did(app, ann, ResponseKind.INTERESTED)
    await manager.presses("📊 Výsledky")
    await manager.presses("🤫 Kdo ještě nereagoval")
    await manager.presses("🔔 Připomenout jen jim")
    preview = received(manager)[-2]
    assert preview["text"] == "Připomínka: 🎉 Zítra je volno."
    assert preview["entities"] == [{"type": "bold", "offset": 15, "length": 5}]
    assert "dostali oznámení 🎉 Zítra je volno." in manager.screen
    assert "• ale ne: reagovali na oznámení 🎉 Zítra je volno." in manager.screen
    assert "Dostanou ji 2 lidé." in manager.screen
    assert (await announcement(app, 2)).follows_id == 1
    await manager.presses("📨 Poslat 2 lidem")
    await out(wait)
    reminder = "Připomínka: 🎉 Zítra je volno."
    assert reminder in contact.heard
    assert reminder in eve.heard
    assert reminder not in ann.heard
    assert reminder not in bob.heard


async def test_whoever_reacts_before_it_leaves_is_not_reminded(
    app: App, manager: Actor, ann: Actor, bob: Actor, contact: Actor, eve: Actor, wait: Wait
) -> None:
    await _sent(manager, wait)
    for who in (ann, bob, contact):
        await _did(app, who, ResponseKind.TAPPED)
    await manager.presses("📊 Výsledky")
    await manager.presses("🤫 Kdo ještě nereagoval")
    await manager.presses("🔔 Připomenout jen jim")
    assert "Dostane ji 1 člověk." in manager.screen
    await _did(app, eve, ResponseKind.TAPPED)
    await manager.presses("📨 Poslat 1 člověku")
    assert manager.toast == "Není komu zprávu poslat. Vyberte prosím někoho jiného."


async def test_everybody_has_reacted(
    app: App, manager: Actor, ann: Actor, bob: Actor, contact: Actor, eve: Actor, wait: Wait
) -> None:
    await _sent(manager, wait)
    await manager.presses("📊 Výsledky")
    for who in (ann, bob, contact, eve):
        await _did(app, who, ResponseKind.TAPPED)
    await manager.presses("🤫 Kdo ještě nereagoval")
    assert "už reagovali" in manager.screen
    await manager.presses("◀ Zpět")
    assert "🤫 Kdo ještě nereagoval" not in manager.buttons


async def test_whoever_has_signed_up_has_reacted(
    app: App, manager: Actor, ann: Actor, wait: Wait
) -> None:
    await event(app, "Tenké vrstvy")
    await manager.says("/akce")
    await manager.presses("Tenké vrstvy")
    await manager.presses("🛠 Spravovat akci")
    await manager.presses("📣 Napsat oznámení")
    await manager.says("Zítra je volno.")
    await manager.presses("👥 Komu jinému")
    await manager.presses(MEMBERS)
    await manager.presses("📨 Poslat 4 lidem")
    await out(wait)
    await ann.says("/events")
    await ann.presses("Tenké vrstvy")
    await ann.presses("✅ Sign up")
    await _results(manager)
    assert "📅 Od té doby se přihlásili: 1" in manager.screen
    assert "🤫 Zatím nereagovali: 3" in manager.screen
    await manager.presses("🏢 Podle organizací")
    assert "• Ukázková optika · doručeno 3 z 3 · přihlásili se 1" in manager.screen


async def test_the_table(
    app: App, manager: Actor, ann: Actor, bob: Actor, eve: Actor, wait: Wait
) -> None:
    async with app.db.writing() as session:
        person = await by_telegram(session, bob.id)
        assert person is not None
        person.first_name, person.last_name = '=HYPERLINK("http://zlo")', "Člen"
    await bob.blocks()
    await _sent(manager, wait)
    await _did(app, ann, ResponseKind.TAPPED)
    await _results(manager)
    await manager.presses("📊 Jako tabulka")
    assert manager.toast == "Tabulka je na cestě."
    book = openpyxl.load_workbook(io.BytesIO(manager.document))
    by_organisation, missed = book.worksheets
    rows = [[cell.value for cell in row] for row in by_organisation.iter_rows()]
    assert rows[-2][:5] == ["Sklo a čočky", "1", "1", "0", "0"]
    assert rows[-1][:5] == ["Ukázková optika", "3", "2", "0", "1"]
    assert rows[-1][8] == "1"  # tapped
    last = list(missed.iter_rows())[-1]
    assert [cell.value for cell in last][:2] == [
        "Ukázková optika",
        '=HYPERLINK("http://zlo") Člen',
    ]
    assert {cell.data_type for cell in last} == {"s"}


async def test_long_lists_come_page_by_page(
    app: App, manager: Actor, sandbox: Sandbox, wait: Wait
) -> None:
    await crowd(app, sandbox, 30)
    await write(manager)
    await manager.presses("📨 Poslat 34 lidem")
    await out(wait)
    await manager.presses("📊 Výsledky")
    await manager.presses("🤫 Kdo ještě nereagoval")
    assert "34 lidí ji dostalo a nereagovalo:" in manager.screen
    assert manager.screen.count("•") == 15
    await manager.presses("▶")
    await manager.presses("▶")
    assert manager.screen.count("•") == 4


async def test_what_failed_is_forgotten_after_a_month(
    app: App, manager: Actor, bob: Actor, wait: Wait
) -> None:
    await _sent(manager, wait)
    await wait(timedelta(days=31))
    await _results(manager)
    assert "Doručeno: 4 z 4" in manager.screen
    await manager.presses("🏢 Podle organizací")
    assert "si pamatuji 30 dní" in manager.screen


async def test_guests_are_a_line_of_their_own(
    app: App, manager: Actor, guest: Actor, assistant: Actor, wait: Wait
) -> None:
    await guest.says("/start")
    await _sent(manager, wait, to="👥 Všem, kdo mají bota")
    await _results(manager)
    await manager.presses("🏢 Podle organizací")
    assert "• hosté · doručeno 3 z 3" in manager.screen


async def test_nobody_else_sees_them(app: App, manager: Actor, ann: Actor, wait: Wait) -> None:
    await _sent(manager, wait)
    for data in ("an.r.org:1:0", "an.r.sil:1:0", "an.r.x:1", "an.r.rem:1", "an.open:1"):
        await ann.presses_data(data)
        assert ann.alert, data


async def test_a_draft_has_none(app: App, manager: Actor) -> None:
    await write(manager)
    for data in ("an.r.org:1:0", "an.r.sil:1:0", "an.r.x:1", "an.r.rem:1"):
        await manager.presses_data(data)
        assert manager.toast == "Tohle už tu není. Otevřete prosím nabídku: /menu", data


async def test_erased_people_are_in_no_list(
    app: App, manager: Actor, eve: Actor, wait: Wait
) -> None:
    await _sent(manager, wait)
    async with app.db.writing() as session:
        person = await by_telegram(session, eve.id)
        assert person is not None
        person.telegram_id, person.first_name, person.last_name = None, "", ""
    await _results(manager)
    assert "🤫 Zatím nereagovali: 3" in manager.screen
