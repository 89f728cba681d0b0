"""What people press under an announcement, and what the manager learns of it."""

from typing import Any

import pytest

from storage.workshops import Audience
from tests.actors import Actor
from tests.stories.announcing import MINUTE, SOON, Wait, received, write
from tests.stories.workshops import Plan


@pytest.fixture(autouse=True)
def everybody_has_pressed_start(ann: Actor, bob: Actor, contact: Actor, eve: Actor) -> None:
    """The four members whom announcements reach."""


async def ask(manager: Actor, options: str) -> None:
    """A draft with a question under it, back at its card."""
    await write(manager, "Přijedete v květnu?")
    await manager.presses("🔘 Tlačítka, jazyky")
    await manager.presses("❓ Otázka…")
    await manager.says(options)
    await manager.presses("◀ Zpět")


async def leave(manager: Actor, wait: Wait) -> None:
    await manager.presses("📨 Poslat 4 lidem")
    await wait(MINUTE)
    await wait(SOON)


async def open_answers(manager: Actor) -> None:
    await manager.presses("📊 Výsledky")
    await manager.presses("💬 Odpovědi")


def labels(who: Actor) -> list[str]:
    """What stands over the way to turn announcements down."""
    rows = received(who)[-1]["reply_markup"]["inline_keyboard"]
    return [face["text"] for row in rows[:-1] for face in row]


@pytest.mark.postgres
async def test_a_question_is_answered_once_by_each_and_counted_by_organisation(
    manager: Actor, ann: Actor, bob: Actor, eve: Actor, wait: Wait
) -> None:
    await ask(manager, "Ano\nNe\nMožná")
    await leave(manager, wait)
    assert labels(ann) == ["Ano", "Ne", "Možná"]
    await ann.presses("Ne")
    assert ann.toast == "Thank you, noted. You can still change it."
    assert labels(ann) == ["Ano", "✓ Ne", "Možná"]
    await ann.presses("Ano")
    assert labels(ann) == ["✓ Ano", "Ne", "Možná"]
    await ann.presses("✓ Ano")
    await bob.presses("Možná")
    await eve.presses("Ano")
    assert labels(eve) == ["✓ Ano", "Ne", "Možná"]
    await open_answers(manager)
    assert "2 Ano" in manager.screen
    assert "0 Ne" in manager.screen
    assert "Ukázková optika: Ano 1, Možná 1" in manager.screen
    assert "Sklo a čočky: Ano 1" in manager.screen


@pytest.mark.postgres
async def test_a_question_is_answered_in_own_words(
    manager: Actor, ann: Actor, bob: Actor, wait: Wait
) -> None:
    await write(manager, "Co byste přidali do programu?")
    await manager.presses("🔘 Tlačítka, jazyky")
    await manager.presses("❓ Otázka…")
    await manager.presses("✍️ Vlastními slovy")
    await manager.presses("◀ Zpět")
    await leave(manager, wait)
    await bob.presses("✍️ Odpovědět")
    await bob.says("x" * 1001)
    assert "nejvýš 1000 znaků" in bob.screen
    await bob.sends_other("sticker")
    assert "Napište to prosím slovy." in bob.screen
    await bob.says("Více <času> na kávu")
    assert "Děkujeme, odpověď jsme předali." in bob.screen
    await bob.presses("✍️ Odpovědět")
    assert "Zatím jste napsali: Více <času> na kávu" in bob.screen
    await bob.presses("Zrušit")
    await ann.presses("✍️ Odpovědět")
    await ann.presses("Cancel")
    assert "All right, nothing was sent." in ann.screen
    await open_answers(manager)
    await manager.presses("✍️ Slovy (1)")
    assert "Bořek Člen (Ukázková optika)\nVíce <času> na kávu" in manager.screen


@pytest.mark.postgres
async def test_interest_can_be_taken_back(manager: Actor, bob: Actor, wait: Wait) -> None:
    await write(manager)
    await manager.presses("🔘 Tlačítka, jazyky")
    await manager.presses("🙋 Mám zájem")
    assert "✓ 🙋 Mám zájem" in manager.buttons
    await manager.presses("◀ Zpět")
    await leave(manager, wait)
    await bob.presses("🙋 Mám zájem")
    assert bob.toast == "Zapsáno, máte zájem. Dalším klepnutím to vezmete zpět."
    assert labels(bob) == ["✓ 🙋 Mám zájem"]
    await bob.presses("✓ 🙋 Mám zájem")
    assert bob.toast == "Vzato zpět."
    assert labels(bob) == ["🙋 Mám zájem"]


async def test_who_was_only_shown_it_does_not_count(
    manager: Actor, guest: Actor, wait: Wait
) -> None:
    await ask(manager, "Ano\nNe")
    await manager.presses_data("an.o:1:0")
    assert manager.toast == "Tohle je jen ukázka. Odpovědi počítám od těch, komu zpráva přišla."
    await leave(manager, wait)
    await guest.says("/start")
    await guest.presses_data("an.o:1:0")
    assert "Tohle je jen ukázka." in str(guest.toast)
    await open_answers(manager)
    assert "Zatím nikdo neodpověděl." in manager.screen


async def test_a_button_of_an_option_that_there_is_not(
    manager: Actor, bob: Actor, wait: Wait
) -> None:
    await ask(manager, "Ano\nNe")
    await leave(manager, wait)
    for data in ("an.o:1:2", "an.o:1:-1", "an.o:99:0", "an.i:99:1", "an.w:99"):
        await bob.presses_data(data)
        assert bob.toast == "Tohle už tu není. Otevřete prosím nabídku: /menu"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Ano", "Odpovědí může být 2 až 10, každá na novém řádku. Tady jich je 1."),
        ("\n".join("abcdefghijk"), "Tady jich je 11."),
        ("Ano\n" + "x" * 41, "Na tlačítko se vejde nejvýš 40 znaků."),
        ("Ano\nano", "Dvě odpovědi jsou stejné."),
    ],
)
async def test_options_that_will_not_do(manager: Actor, typed: str, words: str) -> None:
    await ask_badly(manager, typed)
    assert words in manager.screen
    await manager.says("Ano\nNe")
    assert "❓ Ano / Ne" in manager.screen


async def ask_badly(manager: Actor, typed: str) -> None:
    await write(manager)
    await manager.presses("🔘 Tlačítka, jazyky")
    await manager.presses("❓ Otázka…")
    await manager.says(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "http://example.org",
        "javascript:alert(1)",
        "nothing",
        "https://a b.cz",
        "https://u@x.cz",
        "a.cz/<b>x",
    ],
)
async def test_a_link_is_checked(manager: Actor, typed: str) -> None:
    await write(manager)
    await manager.presses("🔘 Tlačítka, jazyky")
    await manager.presses("🔗 Odkaz…")
    await manager.says("Program")
    await manager.says(typed)
    assert "Musí začínat https://" in manager.screen
    await manager.says("www.example.org/program?den=1")
    assert "🔗 Program: https://www.example.org/program?den=1" in manager.screen


async def test_links_lead_out_and_there_are_three_at_most(
    manager: Actor, ann: Actor, wait: Wait
) -> None:
    await write(manager)
    await manager.presses("🔘 Tlačítka, jazyky")
    for number in range(3):
        await manager.presses("🔗 Odkaz…")
        await manager.says(f"Web {number}")
        await manager.says(f"https://example.org/{number}")
    assert "🔗 Odkaz…" not in manager.buttons
    await manager.presses("◀ Zpět")
    await leave(manager, wait)
    rows: list[list[dict[str, Any]]] = received(ann)[-1]["reply_markup"]["inline_keyboard"]
    assert rows[0] == [{"text": "🔗 Web 0", "url": "https://example.org/0"}]


@pytest.mark.postgres
async def test_signing_up_from_it_counts(
    manager: Actor, bob: Actor, plan: Plan, wait: Wait
) -> None:
    await plan("Tenké vrstvy", audience=Audience.MEMBERS)
    await write(manager, "Zveme vás.")
    await manager.presses("🔘 Tlačítka, jazyky")
    await manager.presses("📅 Akce…")
    await manager.presses("14. 5. 2027 · Tenké vrstvy")
    assert "📅 Tenké vrstvy" in manager.screen
    await manager.presses("◀ Zpět")
    await leave(manager, wait)
    await bob.presses("📅 Přihlásit se")
    assert bob.heard[-2] == "Zveme vás."
    assert "Tenké vrstvy" in bob.screen
    await manager.presses("📊 Výsledky")
    assert "Klepli: 1" in manager.screen


async def test_one_thing_alone_can_be_taken_away(manager: Actor, plan: Plan) -> None:
    await plan("Tenké vrstvy", audience=Audience.MEMBERS)
    await write(manager, "Zveme vás.")
    await manager.presses("🔘 Tlačítka, jazyky")
    for label in ("Mapa", "Program"):
        await manager.presses("🔗 Odkaz…")
        await manager.says(label)
        await manager.says(f"example.org/{label.lower()}")
    await manager.presses("📅 Akce…")
    await manager.presses("14. 5. 2027 · Tenké vrstvy")
    await manager.presses("🗑 Mapa")
    assert "Mapa" not in manager.screen
    assert "🔗 Program: https://example.org/program" in manager.screen
    await manager.presses("🗑 Akce")
    assert "Tenké vrstvy" not in manager.screen
    assert "🔗 Program: https://example.org/program" in manager.screen


async def test_everything_under_it_can_be_taken_away(manager: Actor) -> None:
    await write(manager)
    await manager.presses("🔘 Tlačítka, jazyky")
    assert "Pod zprávou zatím žádné tlačítko není." in manager.screen
    await manager.presses("📅 Akce…")
    assert "Teď tu není žádná akce." in manager.screen
    await manager.presses("◀ Zpět")
    await manager.presses("🙋 Mám zájem")
    await manager.presses("✖ Bez tlačítek")
    assert "Pod zprávou zatím žádné tlačítko není." in manager.screen
    await manager.presses("👁 Ukázat zprávu")
    rows = received(manager)[-2]["reply_markup"]["inline_keyboard"]
    assert [face["text"] for row in rows for face in row] == ["🔕 Méně takových"]


async def test_other_versions_and_their_buttons(
    manager: Actor, ann: Actor, bob: Actor, eve: Actor, wait: Wait
) -> None:
    await ask(manager, "Ano\nNe")
    await manager.presses("🔘 Tlačítka, jazyky")
    assert "Všichni dostanou stejnou zprávu" in manager.screen
    await manager.presses("➕ 🇬🇧 English")
    assert "Oznámení: 🇬🇧 English" in manager.screen
    await manager.says("Will you come, {first_name}?")
    await manager.presses("🔘 Tlačítka, jazyky")
    assert "Vlastní znění mají ti, kdo čtou: 🇬🇧 English." in manager.screen
    assert "Tlačítka v něm jsou zatím stejná" in manager.screen
    await manager.presses("🔤 Tlačítka: 🇬🇧 English")
    assert "• Ano" in manager.screen
    await manager.says("Yes")
    assert "Řádků musí být stejně jako tlačítek." in manager.screen
    await manager.says("Yes\nNo")
    await manager.presses("◀ Zpět")
    await leave(manager, wait)
    assert ann.heard == ["Will you come, Ann?"]
    assert labels(eve) == ["Yes", "No"]
    assert bob.heard == ["Přijedete v květnu?"]
    assert labels(bob) == ["Ano", "Ne"]
    await ann.presses("No")
    await bob.presses("Ne")
    await open_answers(manager)
    assert "2 Ne" in manager.screen


async def test_a_version_can_be_given_up(manager: Actor, ann: Actor, wait: Wait) -> None:
    await write(manager)
    await manager.presses("🔘 Tlačítka, jazyky")
    await manager.presses("➕ 🇬🇧 English")
    await manager.presses("Zrušit")
    await manager.presses("🔘 Tlačítka, jazyky")
    await manager.presses("➕ 🇬🇧 English")
    await manager.says("Nobody works tomorrow.")
    await manager.presses("🔘 Tlačítka, jazyky")
    await manager.presses("🗑 🇬🇧 English")
    assert "Všichni dostanou stejnou zprávu" in manager.screen
    await manager.presses("◀ Zpět")
    await leave(manager, wait)
    assert ann.heard == ["Zítra je volno."]
