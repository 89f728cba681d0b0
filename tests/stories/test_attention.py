"""What comes unasked: two a week, in decent hours, and each kind as everybody wants it."""

import json
from datetime import timedelta

import pytest

from bot.app import App
from storage.pushes import PushKind, Way, keeping, waiting
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.pushing import brings, know_their_way, person_of
from tests.stories.reminding import DAY, HOUR, MINUTE, prague, until

BOTH = pytest.mark.postgres


@pytest.fixture(autouse=True)
async def nobody_is_new(app: App) -> None:
    await know_their_way(app)


@BOTH
async def test_two_come_in_a_week_and_no_more(bob: Actor, app: App, wait: Wait) -> None:
    assert await brings(app, bob, "Jedna", "Dvě", "Tři") == [Way.NOW, Way.NOW, Way.DIGEST]
    assert bob.heard == ["Jedna", "Dvě"]
    await wait(6 * DAY)
    assert await brings(app, bob, "Čtyři") == [Way.DIGEST]
    await wait(DAY + MINUTE)
    assert await brings(app, bob, "Pět") == [Way.NOW]


async def test_all_features_share_it(bob: Actor, app: App) -> None:
    await brings(app, bob, "Zápis", kind=PushKind.GROUPS)
    await brings(app, bob, "Výzva", kind=PushKind.CALLS)
    assert await brings(app, bob, "Fotky") == [Way.DIGEST]


async def test_nothing_comes_twice(bob: Actor, app: App) -> None:
    assert await brings(app, bob, "Jedna", "Jedna") == [Way.NOW, Way.NOW]
    assert await brings(app, bob, "Jedna", "Dvě") == [Way.NOW, Way.NOW]
    assert bob.heard == ["Jedna", "Dvě"]


async def test_at_night_it_waits_for_the_morning(bob: Actor, app: App, wait: Wait) -> None:
    await until(app, wait, prague(1, 23, month=3))
    await brings(app, bob, "Jedna")
    await wait(8 * HOUR)
    assert bob.heard == []
    await wait(HOUR)
    assert bob.heard == ["Jedna"]


async def test_on_a_friday_evening_it_waits_for_monday(bob: Actor, app: App, wait: Wait) -> None:
    await until(app, wait, prague(5, 20, month=3))
    await brings(app, bob, "Jedna")
    await until(app, wait, prague(7, 12, month=3))
    assert bob.heard == []
    await until(app, wait, prague(8, 8, month=3))
    assert bob.heard == ["Jedna"]


async def test_what_would_be_over_by_the_morning_does_not_come(
    bob: Actor, app: App, wait: Wait
) -> None:
    await until(app, wait, prague(1, 21, month=3))
    tonight = app.clock() + HOUR
    assert await brings(app, bob, "Jedna", expires_at=tonight) == [Way.LATE]
    assert await brings(app, bob, "Dvě", "Tři") == [Way.NOW, Way.NOW]
    await wait(DAY)
    assert bob.heard == ["Dvě", "Tři"]


@BOTH
async def test_a_kind_is_turned_down_from_what_came(bob: Actor, app: App, wait: Wait) -> None:
    await brings(app, bob, "Fotky z akce")
    await bob.presses("🔕 Méně takových")
    assert "📅 Akce" in bob.screen
    assert "Jak vám to mám posílat?" in bob.screen
    assert "🔔 Hned ✓" in bob.buttons
    assert "Fotky z akce" in bob.heard
    await bob.presses("🔕 Vůbec")
    assert bob.toast == "Uloženo."
    assert "🔕 Vůbec ✓" in bob.buttons
    assert await brings(app, bob, "Další fotky") == [Way.OFF]
    assert await brings(app, bob, "Zápis", kind=PushKind.GROUPS) == [Way.NOW]


async def test_turned_off_it_does_not_wait_for_monday_either(
    bob: Actor, app: App, wait: Wait
) -> None:
    await bob.says("/nastaveni")
    await bob.presses("📬 Co vám píšu")
    await bob.presses("🔔 Akce")
    await bob.presses("🗞 V pondělním přehledu")
    assert await brings(app, bob, "Fotky") == [Way.DIGEST]
    await bob.presses("🔕 Vůbec")
    await until(app, wait, prague(8, 8, month=3))
    assert not [text for text in bob.heard if "Fotky" in text]


async def test_everybody_sees_what_they_get(bob: Actor, app: App) -> None:
    await brings(app, bob, "Jedna")
    await bob.says("/nastaveni")
    await bob.presses("📬 Co vám píšu")
    assert "Co vám píšu bez vyzvání" in bob.screen
    assert "Za poslední týden: 1 z 2." in bob.screen
    assert "Klid: 20:00–8:00, víkendy a svátky" in bob.screen
    assert "přijde vždy" in bob.screen
    assert {"🔔 Oznámení", "🔔 Výzvy", "🔔 Skupiny", "🔔 Přístroje"} <= set(bob.buttons)
    await bob.presses("💶 Které výzvy a kdy")
    assert "výzv" in bob.screen.lower()


async def test_the_last_digest_can_be_read_again(bob: Actor, app: App, wait: Wait) -> None:
    await bob.says("/nastaveni")
    await bob.presses("📬 Co vám píšu")
    assert "🗞 Poslední přehled" not in bob.buttons
    await brings(app, bob, "Jedna", "Dvě", "Tři")
    await until(app, wait, prague(8, 8, month=3))
    await bob.presses("📬 Co vám píšu")
    await bob.presses("🗞 Poslední přehled")
    assert bob.screen.endswith("1. Tři")
    await bob.presses_data("att.last")
    assert bob.screen.endswith("1. Tři")


async def test_a_guest_sees_it_too_and_in_english(ann: Actor, guest: Actor) -> None:
    await ann.says("/settings")
    await ann.presses("📬 What I write to you")
    assert "In the last week: 0 of 2." in ann.screen
    await guest.says("/nastaveni")
    await guest.presses("📬 Co vám píšu")
    assert "💶 Které výzvy a kdy" not in guest.buttons
    await guest.presses("◀ Zpět")
    assert "Nastavení" in guest.screen


@BOTH
async def test_how_many_a_week_is_everybodys_own(bob: Actor, app: App) -> None:
    await bob.says("/nastaveni")
    await bob.presses("📬 Co vám píšu")
    await bob.presses("🔢 Jak často")
    assert "2 ✓" in bob.buttons
    await bob.presses("0")
    assert "Bez vyzvání nepíšu, vše přijde v pondělním přehledu." in bob.screen
    assert await brings(app, bob, "Nula") == [Way.DIGEST]
    await bob.presses("🔢 Jak často")
    await bob.presses("Neomezeně")
    assert await brings(app, bob, "A", "B", "C", "D") == [Way.NOW] * 4
    await bob.says("/nastaveni")
    await bob.presses("📬 Co vám píšu")
    assert "Píšu hned a bez omezení. Za poslední týden: 4 zprávy." in bob.screen


async def test_silence_is_everybodys_own(bob: Actor, app: App, wait: Wait) -> None:
    await bob.says("/nastaveni")
    await bob.presses("📬 Co vám píšu")
    await bob.presses("🌙 Klid")
    await bob.presses("17")
    await bob.presses("10")
    assert "Klid od 17:00 do 10:00" in bob.screen
    assert {"17 ✓", "10 ✓"} <= set(bob.buttons)
    await until(app, wait, prague(1, 17, 30, month=3))
    await brings(app, bob, "Jedna")
    await until(app, wait, prague(2, 9, 59, month=3))
    assert "Jedna" not in bob.heard
    await wait(MINUTE)
    assert bob.heard[-1] == "Jedna"


@pytest.mark.parametrize(
    "data", ["att.kind:weather", "att.turn:events:unreachable", "att.turn:events:x", "less:x",
             "att.week.n:77", "att.last", "att.quiet.h:3:4", "att.line:999",
             "att.page:999999999:0", "att.page:1:0"],
)  # fmt: skip
async def test_buttons_that_nobody_made(bob: Actor, data: str) -> None:
    await bob.says("/menu")
    await bob.presses_data(data)
    assert bob.toast is not None
    assert bob.toast.startswith("Tohle už tu není.")


async def test_who_left_the_bot_gets_nothing(bob: Actor, app: App, wait: Wait) -> None:
    await bob.says("/menu")
    await bob.blocks()
    assert await brings(app, bob, "Jedna") == [Way.UNREACHABLE]


@BOTH
async def test_it_is_given_out_and_forgotten(bob: Actor, app: App, wait: Wait) -> None:
    await brings(app, bob, "Fotky z akce")
    await bob.presses("🔕 Méně takových")
    await bob.presses("🗞 V pondělním přehledu")
    await brings(app, bob, "Další fotky")
    await bob.says("/soukromi")
    await bob.presses("📥 Stáhnout moje data")
    kept = json.loads(bob.document)
    assert [each["title"] for each in kept["pushes"]] == ["Fotky z akce", "Další fotky"]
    ways = {each["kind"]: each["way"] for each in kept["wishes"]}
    assert ways == {"events": "digest", "welcome": "off"}
    mine = await person_of(app, bob)
    await bob.presses_data("priv.sure")
    await wait(15 * DAY)
    async with app.db.reading() as session:
        assert {each.title for each in await keeping.of_person(session, mine.key)} == {""}
        assert await waiting.choices(session, [mine.key]) == []


async def test_after_a_year_it_is_forgotten(bob: Actor, app: App, wait: Wait) -> None:
    await brings(app, bob, "Jedna")
    await wait(timedelta(days=367))
    assert await brings(app, bob, "Jedna") == [Way.NOW]
