"""A link, a PDF or a text passed on by the team becomes a draft, is completed and goes out."""

from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from bot.app import App
from storage.calls.history import Change
from storage.calls.records import Deadline, GrantCall, Stage
from storage.calls.sources import AllowedHost
from tests.actors import Actor
from tests.sources.server import Sources
from tests.stories.calls import add_call, due
from tests.stories.handed import LINK, TEXT, forwards, page, pdf
from tests.stories.test_calls_desk import call_of

pytestmark = pytest.mark.postgres

TITLE = "Výzva Fotonika pro průmysl 2027"
SCANNED = pdf()


async def drafts(app: App) -> list[GrantCall]:
    async with app.db.reading() as session:
        query = select(GrantCall).where(col(GrantCall.code).startswith("hand:"))
        return list((await session.exec(query.order_by(col(GrantCall.id)))).all())


async def deadlines(app: App, key: int) -> list[Deadline]:
    async with app.db.reading() as session:
        query = select(Deadline).where(Deadline.call_id == key).order_by(col(Deadline.at))
        return list((await session.exec(query)).all())


async def test_a_link_is_read_proposed_confirmed_and_sent(
    app: App, manager: Actor, sources: Sources
) -> None:
    sources.gives(LINK, page(TITLE))
    await manager.says(LINK)
    assert "Je to výzva?" in manager.screen
    await manager.presses("✅ Ano, připravit")
    assert "agency.test" in manager.screen
    assert sources.asked == []
    await manager.presses("✅ Povolit a načíst")
    assert f"Výzva je připravená:\n{TITLE}" in manager.screen
    await manager.presses("👁 Otevřít výzvu")
    assert "OP Zaměstnanost" not in manager.screen
    await manager.presses("📨 Poslat (0)")
    assert "přečtená z textu" in (manager.toast or "")
    await manager.presses(next(each for each in manager.buttons if "Potvrdit údaje" in each))
    assert "Uzávěrka: pondělí 31. 5. 2027 12:00" in manager.screen
    assert "do 31. 5. 2027 12:00" in manager.screen
    await manager.presses("✅ Platí")
    await manager.presses(next(each for each in manager.buttons if "Platí všechny" in each))
    assert "5 mil. Kč" in manager.screen
    await manager.presses("✅ Ano, všechny")
    [call] = await drafts(app)
    assert (call.support_most, call.currency, call.rate) == (5_000_000, "CZK", 70)
    assert call.regions_out == ["CZ01"]
    assert [(each.at, each.sure) for each in await deadlines(app, call.key)] == [
        (datetime(2027, 5, 31, 10, tzinfo=UTC), True)
    ]
    await manager.presses("📨 Poslat (0)")
    assert (await call_of(app, call.key)).stage == Stage.SENT
    async with app.db.reading() as session:
        assert (await session.exec(select(Change))).all() == []


async def test_a_host_that_is_allowed_is_read_at_once(
    app: App, manager: Actor, sources: Sources
) -> None:
    sources.gives(LINK, page(TITLE))
    async with app.db.writing() as session:
        session.add(AllowedHost(host="agency.test", since=datetime(2027, 1, 1, tzinfo=UTC)))
    await manager.says(f"Koukněte: {LINK}.")
    assert "Výzva je připravená" in manager.screen
    await manager.says(LINK.replace("http://", "https://www."))
    assert "Tuto výzvu už znám" in manager.screen
    assert len(await drafts(app)) == 1


async def test_a_forwarded_text_needs_no_question(app: App, manager: Actor) -> None:
    await forwards(manager, TEXT)
    assert "Výzva je připravená" in manager.screen
    await manager.presses("👁 Otevřít výzvu")
    assert TITLE in manager.screen
    assert "⏳ pondělí 31. 5. 2027, 12:00 · za 91 dní (z" in manager.screen
    assert "6 údajů je přečtených z textu" in manager.screen


async def test_what_is_no_call_leaves_nothing_behind(app: App, manager: Actor) -> None:
    await forwards(manager, "Vážení kolegové, " + "zveme vás na letní slavnost v zahradě. " * 8)
    assert "Je to výzva?" in manager.screen
    await manager.presses("Ne")
    assert await drafts(app) == []


async def test_a_search_stays_a_search_and_members_draft_nothing(
    app: App, manager: Actor, bob: Actor
) -> None:
    await manager.says("laser")
    assert "Je to výzva?" not in manager.screen
    await bob.says(LINK)
    assert "Je to výzva?" not in bob.screen
    await forwards(bob, TEXT)
    assert await drafts(app) == []


async def test_an_assistant_asks_the_manager_for_a_new_host(
    app: App, manager: Actor, assistant: Actor, sources: Sources
) -> None:
    sources.gives(LINK, page(TITLE))
    await assistant.says(LINK)
    await assistant.presses("✅ Ano, připravit")
    assert "Poprosil jsem manažera" in assistant.screen
    assert "Adam Asistent chce připravit výzvu" in manager.screen
    await manager.presses("✅ Povolit a načíst")
    assert "Výzva je připravená" in manager.screen
    [call] = await drafts(app)
    assert call.title == TITLE


@pytest.mark.parametrize(
    ("fault", "said"),
    [("fails", "odpovídá chybou"), ("redirects", "posílá"), ("empty", "nelze přečíst")],
)
async def test_a_page_that_cannot_be_read(
    app: App, manager: Actor, sources: Sources, fault: str, said: str
) -> None:
    match fault:
        case "fails":
            sources.fails(LINK, 503)
        case "redirects":
            sources.redirects(LINK, LINK)
        case _:
            sources.gives(LINK, b"")
    await manager.says(LINK)
    await manager.presses("✅ Ano, připravit")
    await manager.presses("✅ Povolit a načíst")
    assert said in manager.screen, manager.screen
    sources.gives(LINK, page(TITLE))
    await manager.presses("🔁 Zkusit znovu")
    assert "Výzva je připravená" in manager.screen


async def test_an_address_inside_our_own_network(app: App, manager: Actor) -> None:
    await manager.says("http://127.0.0.1/vyzva")
    await manager.presses("✅ Ano, připravit")
    assert "Z této adresy číst nemohu" in manager.screen
    await manager.presses("✍️ Vyplnit ručně")
    assert "Jak se výzva jmenuje?" in manager.screen


async def test_a_pdf(app: App, manager: Actor) -> None:
    await manager.uploads(
        "call.pdf",
        pdf(
            "Call for proposals: photonic sensors 2027",
            "Eligible applicants: SMEs and research organisations.",
            "Deadline: 30 June 2027, 17:00 Brussels time. Funding rate: 60 % of eligible costs.",
        ),
    )
    assert "Výzva je připravená" in manager.screen
    await manager.presses("👁 Otevřít výzvu")
    assert "Call for proposals: photonic sensors 2027" in manager.screen
    [call] = await drafts(app)
    [its] = await deadlines(app, call.key)
    assert (its.at, its.zone) == (datetime(2027, 6, 30, 15, tzinfo=UTC), "Europe/Brussels")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SCANNED, "naskenované"),
        (b"%PDF-1.7 nothing else", "poškozené"),
        (b"<html>", "není PDF"),
        (pdf("Tajna vyzva", password="heslo"), "na heslo"),
    ],
)
async def test_a_pdf_that_cannot_be_read(
    app: App, manager: Actor, content: bytes, said: str
) -> None:
    await manager.uploads("vyzva.pdf", content)
    assert said in manager.screen
    await manager.presses("✍️ Vyplnit ručně")
    await manager.says("Výzva z papíru")
    await manager.presses("národní výzva")
    await manager.says("31. 2. 2027")
    await manager.says("1. 2. 2027")
    assert "Tohle už bylo" in manager.screen
    await manager.says("5. 4. 2027 16:29:59")
    await manager.presses("Přeskočit")
    await manager.presses("Přeskočit")
    await manager.says("hodně peněz")
    assert "Této částce nerozumím" in manager.screen
    await manager.says("2,5 mil. Kč")
    await manager.says("70 %")
    assert "Doplněno" in manager.screen
    [call] = await drafts(app)
    assert (call.title, call.support_most, call.rate) == ("Výzva z papíru", 2_500_000, 70)
    assert [each.at for each in await deadlines(app, call.key)] == [
        datetime(2027, 4, 5, 14, 29, 59, tzinfo=UTC)
    ]


async def test_a_list_of_equipment_is_no_call(app: App, manager: Actor, contact: Actor) -> None:
    await contact.uploads("seznam.csv", b"name;field\nLaser;lasery\n")
    assert "Čtu seznam.csv" not in contact.screen or await drafts(app) == []
    await contact.uploads("vyzva.pdf", pdf("Call for proposals, deadline, grant"))
    assert await drafts(app) == []


async def test_corrected_and_rejected(app: App, manager: Actor) -> None:
    await forwards(manager, TEXT)
    await manager.presses("👁 Otevřít výzvu")
    await manager.presses(next(each for each in manager.buttons if "Potvrdit údaje" in each))
    await manager.presses("✏️ Opravit")
    await manager.says("2. 6. 2027 14:00")
    [call] = await drafts(app)
    assert [each.sure for each in await deadlines(app, call.key)] == [True]
    await manager.presses_data(f"ca.prop:{call.key}")
    assert "Uzávěrka" not in manager.screen.splitlines()[2]
    before = manager.screen
    await manager.presses("❌ Neplatí")
    assert manager.screen != before
    while "❌ Neplatí" in manager.buttons:
        await manager.presses("❌ Neplatí")
    assert manager.toast == "Znovu se na to ptát nebudu."


async def test_a_draft_is_thrown_away(app: App, manager: Actor) -> None:
    await forwards(manager, TEXT)
    await manager.presses("👁 Otevřít výzvu")
    await manager.presses("🗑 Zahodit")
    await manager.presses("🗑 Ano, zahodit")
    assert await drafts(app) == []


async def test_a_known_link_leads_to_its_call(app: App, manager: Actor) -> None:
    await add_call(app, "Známá výzva", due(), link=LINK)
    await manager.says(LINK)
    assert "Tuto výzvu už znám: Známá výzva" in manager.screen
