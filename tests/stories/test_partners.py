"""Looking for a partner: asked without a name, and names are shown when both have said yes."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest

from bot.app import App
from tests.actors import Actor
from tests.stories.announcing import Wait
from tests.stories.bidding import follows, lasers_of_both, leaves
from tests.stories.calls import add_call, days, due
from tests.stories.enquiring import prague

Until = Callable[[date, int], Awaitable[None]]
WHAT = "Povlakování zrcadel <1 m>"


@pytest.fixture
def until(app: App, wait: Wait) -> Until:
    async def until(day: date, hour: int) -> None:
        await wait(prague(day, hour) - app.clock())

    return until


@pytest.fixture
async def pillars(app: App) -> list[int]:
    return await lasers_of_both(app)


@pytest.fixture
async def call(app: App, eve: Actor, pillars: list[int]) -> int:
    call = await add_call(app, "Lasery pro průmysl", due(days(40)), pillars=pillars[:1])
    await follows(app, eve, call)
    return call


async def seeks(actor: Actor, call: int, *, czech: bool = False, role: str = "partner") -> None:
    await actor.says("/menu")
    await actor.presses_data(f"ca.seek:{call}")
    await actor.presses(role)
    await actor.presses("30 %")
    await actor.says(WHAT)
    await actor.presses("📨 Zeptat se" if czech else "📨 Ask")


def requests(actor: Actor) -> list[str]:
    return [text for text in actor.heard if text.startswith(("🤝 A partner", "🤝 Hledá se"))]


@pytest.mark.postgres
async def test_both_say_yes(bob: Actor, eve: Actor, call: int) -> None:
    await bob.says("/menu")
    await bob.presses_data(f"ca.seek:{call}")
    assert "Zeptám se nejvýš 5 vhodných členů a neřeknu, kdo jste." in bob.screen
    await bob.presses("partner")
    await bob.presses("30 %")
    await bob.says(WHAT)
    assert "Mám se zeptat?" in bob.screen
    assert not requests(eve)
    await bob.presses("📨 Zeptat se")
    assert bob.toast == "Zeptal jsem se 1 člena."
    assert WHAT in requests(eve)[0]
    assert "Asked by a member of the cluster (SME)." in requests(eve)[0]
    assert "About 30 % of the budget" in requests(eve)[0]
    assert not named(eve, "Bořek", "Ukázková")
    await eve.presses("👍 I am interested")
    assert "Names are shown once the other side says yes, too." in eve.screen
    assert "Člen klastru (MSP) má zájem jít s vámi do výzvy Lasery pro průmysl." in bob.heard[-1]
    assert not named(bob, "Eve", "Sklo")
    assert not named(eve, "Bořek", "Ukázková")
    await bob.presses("🤝 Odkrýt: MSP")
    assert "✅ 👤 Eve Elsewhere, Sklo a čočky a.s." in bob.screen
    assert "👤 Bořek Člen, Ukázková optika s.r.o." in eve.heard[-1]


def named(actor: Actor, *names: str) -> bool:
    return any(name in text for name in names for text in [*actor.heard, str(actor.buttons)])


async def test_a_way_to_write_to_each_other(ann: Actor, eve: Actor, call: int) -> None:
    await seeks(ann, call)
    await eve.presses("👍 I am interested")
    await ann.presses("🤝 Reveal: SME")
    assert "✉️ Write to @ann" in eve.buttons
    await eve.presses("📄 What was wanted")
    assert "🤝 You both said yes." in eve.screen
    assert "Ann Member, Ukázková optika s.r.o." in eve.screen


async def test_no_is_never_told_by_whom(ann: Actor, eve: Actor, call: int) -> None:
    await seeks(ann, call)
    await eve.presses("No, thanks")
    assert eve.toast == "Noted. Nobody learns that you were asked."
    await ann.presses_data("cp:1")
    assert "1 said no" in ann.screen
    assert not named(ann, "Eve", "Sklo")
    await eve.presses("👍 I am interested")
    assert "is interested in bidding with you" in ann.heard[-1]


async def test_the_other_side_says_no(ann: Actor, eve: Actor, call: int) -> None:
    await seeks(ann, call)
    await eve.presses("👍 I am interested")
    await ann.presses("No, thanks")
    assert "they have chosen somebody else" in eve.heard[-1]
    assert not named(eve, "Ann", "Ukázková")
    await eve.presses("📄 What was wanted")
    assert "👍 I am interested" not in eve.buttons
    await eve.presses_data("cp.me.y:1")
    await ann.presses_data("cp.yes:1:999")
    assert ann.alert
    assert not named(ann, "Eve")


async def test_three_searches_at_a_time(ann: Actor, app: App) -> None:
    calls = [await add_call(app, f"Výzva {n}", due(days(40))) for n in range(4)]
    for call in calls[:3]:
        await seeks(ann, call)
    await ann.presses_data(f"ca.seek:{calls[3]}")
    assert ann.toast == "You are looking for 3 partners already. Please end a search."
    await ann.presses_data("cp:1")
    await ann.presses("🏁 End the search")
    await ann.presses_data(f"ca.seek:{calls[3]}")
    assert "Whom do you need?" in ann.screen


@pytest.mark.postgres
async def test_nobody_says_yes_in_five_working_days(
    bob: Actor, eve: Actor, manager: Actor, call: int, until: Until
) -> None:
    await seeks(bob, call, czech=True)
    await until(date(2027, 3, 8), 8)
    assert not in_vain(bob)
    await until(date(2027, 3, 8), 9)
    assert "Za 5 pracovních dní vám na společnou žádost" in in_vain(bob)[0]
    await bob.presses("🆘 Poprosit manažera")
    assert "Bořek Člen, Ukázková optika s.r.o." in manager.heard[-1]
    assert WHAT in manager.heard[-1]
    await until(date(2027, 3, 15), 9)
    assert len(in_vain(bob)) <= 1


def in_vain(actor: Actor) -> list[str]:
    return [text for text in actor.heard if text.startswith("😕")]


async def test_a_yes_that_waits_is_no_silence(
    ann: Actor, eve: Actor, call: int, until: Until
) -> None:
    await seeks(ann, call)
    await eve.presses("👍 I am interested")
    await until(date(2027, 3, 8), 9)
    assert not in_vain(ann)


async def test_it_ends_with_the_deadline(ann: Actor, eve: Actor, call: int, wait: Wait) -> None:
    await seeks(ann, call)
    await wait(timedelta(days=41))
    await eve.presses("👍 I am interested")
    assert eve.toast == "This search has ended, so it cannot be answered any more."
    await ann.presses_data("cp:1")
    assert "🏁 This search has ended." in ann.screen
    assert "👥 Ask others" not in ann.buttons
    await ann.presses_data(f"ca.seek:{call}")
    assert "🏁 partner: ended" in ann.buttons


async def test_ending_it_tells_who_has_said_yes(ann: Actor, eve: Actor, call: int) -> None:
    await seeks(ann, call)
    await eve.presses("👍 I am interested")
    await ann.presses_data("cp:1")
    await ann.presses("🏁 End the search")
    assert "The search for a partner for Lasery pro průmysl has ended." in eve.heard[-1]
    assert not named(eve, "Ann", "Ukázková")


async def test_who_has_left_is_not_revealed(ann: Actor, eve: Actor, app: App, call: int) -> None:
    await seeks(ann, call)
    await eve.presses("👍 I am interested")
    await leaves(app, eve)
    await ann.presses("🤝 Reveal: SME")
    assert ann.alert
    assert not named(ann, "Eve")


async def test_foreign_buttons(
    ann: Actor, bob: Actor, eve: Actor, guest: Actor, call: int
) -> None:
    await seeks(ann, call)
    for who in (bob, guest):
        await who.says("/start")
        for data in ("cp:1", "cp.me:1", "cp.me.y:1", "cp.yes:1:1", "cp.end:1", "cp.more:1"):
            await who.presses_data(data)
            assert who.alert, data
        await who.presses_data("cp.help:1")
        assert who.alert
    await eve.presses_data("cp:1")
    assert eve.alert
    await guest.presses_data(f"ca.seek:{call}")
    assert guest.toast == "Tohle je jen pro členy klastru. Jak se přidat, ukáže /start."


async def test_bad_answers_in_the_form(ann: Actor, call: int) -> None:
    await ann.says("/menu")
    await ann.presses_data(f"ca.seek:{call}")
    await ann.says("somebody good")
    assert "Please press one of the buttons." in ann.screen
    await ann.presses("coordinator")
    await ann.says("150")
    assert "Please write a number from 1 to 99." in ann.screen
    await ann.says("12 %")
    await ann.says("x" * 700)
    assert "at most 600 characters" in ann.screen
    await ann.presses("Cancel")
    assert "Nobody has been asked." in ann.screen
