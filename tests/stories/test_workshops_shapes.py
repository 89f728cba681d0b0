"""A few words are enough to plan an event: its shape knows the rest."""

import pytest

from bot.app import App
from storage.workshops import PartKind, find
from tests.actors import Actor

TITLE = "Optika v praxi"
DAY, EVENING, ONLINE = PartKind.DAY, PartKind.EVENING, PartKind.ONLINE


async def begin(manager: Actor, shape: str, *typed: str) -> None:
    await manager.says("/akce")
    await manager.presses("➕ Nová akce")
    await manager.presses(shape)
    for words in typed:
        await manager.says(words)
    await manager.presses("🌍 Pro všechny")
    assert "Takhle akci uvidí ostatní" in manager.screen


async def parts(app: App) -> list[tuple[str, PartKind, str, str]]:
    """Of the first event, in the time of Prague."""
    zone = app.config.cluster.zone
    async with app.db.reading() as session:
        event = await find(session, 1)
    assert event is not None
    return [
        (
            part.name,
            part.kind,
            f"{part.starts_at.astimezone(zone):%d.%m. %H:%M}",
            f"{part.ends_at.astimezone(zone):%d.%m. %H:%M}",
        )
        for part in event.parts
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (
            "14. 5. 2027",
            [
                "14.05. 09:00-14.05. 17:00",
                "14.05. 18:30-14.05. 22:00",
                "15.05. 09:00-15.05. 15:00",
            ],
        ),
        (
            "14.–15. 5. 2027",
            [
                "14.05. 09:00-14.05. 17:00",
                "14.05. 18:30-14.05. 22:00",
                "15.05. 09:00-15.05. 15:00",
            ],
        ),
        (
            "14. 5. 2027 13:00",
            [
                "14.05. 13:00-14.05. 17:00",
                "14.05. 18:30-14.05. 22:00",
                "15.05. 09:00-15.05. 15:00",
            ],
        ),
        (
            "14. 5. 2027 10–19",
            [
                "14.05. 10:00-14.05. 19:00",
                "14.05. 19:30-14.05. 22:00",
                "15.05. 09:00-15.05. 15:00",
            ],
        ),
        (
            "14. 5. 2027 18:00 – 15. 5. 2027 12:00",
            [
                "14.05. 18:00-14.05. 20:00",
                "14.05. 20:30-14.05. 22:30",
                "15.05. 09:00-15.05. 12:00",
            ],
        ),
    ],
)
async def test_two_days_with_an_evening(
    app: App, manager: Actor, typed: str, expected: list[str]
) -> None:
    await begin(manager, "🌙 Dvoudenní s večerem", TITLE, "Přerov", typed, "40")
    planned = await parts(app)
    assert [name for name, *_ in planned] == ["1. den", "Večer", "2. den"]
    assert [kind for _, kind, *_ in planned] == [DAY, EVENING, DAY]
    assert [f"{start}-{end}" for *_, start, end in planned] == expected


async def test_one_day(app: App, manager: Actor) -> None:
    await begin(manager, "☀️ Jednodenní workshop", TITLE, "Přerov", "14. 5. 2027", "40")
    assert await parts(app) == [("", DAY, "14.05. 09:00", "14.05. 16:00")]


async def test_online(app: App, manager: Actor, ann: Actor) -> None:
    await manager.says("/akce")
    await manager.presses("➕ Nová akce")
    await manager.presses("💻 Online")
    await manager.says(TITLE)
    for no_link in (
        "přijďte",
        "ftp://example.org/room",
        "https://",
        "https:// a.cz",
        "javascript:1",
    ):
        await manager.says(no_link)
        assert "To není odkaz." in manager.screen
    await manager.says("meet.example.org/optika")
    await manager.says("14. 5. 2027")
    await manager.says("100")
    await manager.presses("🌍 Pro všechny")
    assert await parts(app) == [("", ONLINE, "14.05. 10:00", "14.05. 11:30")]
    async with app.db.reading() as session:
        event = await find(session, 1)
    assert event is not None
    assert event.parts[0].link == "https://meet.example.org/optika"


async def test_a_link_that_comes_later(app: App, manager: Actor) -> None:
    await manager.says("/akce")
    await manager.presses("➕ Nová akce")
    await manager.presses("💻 Online")
    await manager.says(TITLE)
    await manager.presses("Doplním později")
    await manager.says("14. 5. 2027 9:00")
    await manager.says("100")
    await manager.presses("🔒 Pro členy")
    assert await parts(app) == [("", ONLINE, "14.05. 09:00", "14.05. 10:30")]
    await manager.presses("✏️ Změnit")
    await manager.presses("🕘 Kdy a části")
    await manager.presses("🕘 Čas a místa")
    assert "Odkaz pro připojení ještě chybí." in manager.screen
    await manager.presses("🔗 Odkaz")
    await manager.says("https://meet.example.org/x")
    assert "https://meet.example.org/x (vidí jen ti, kdo mají místo)" in manager.screen


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("30. 2. 2028", "Takový den nebo čas není."),
        ("28. 3. 2027 2:30", "Takový den nebo čas není."),
        ("14. 5. 2027 16–9", "To by skončilo dřív, než to začne."),
        ("1. 2. 2027", "Tohle už bylo"),
    ],
)
async def test_days_that_cannot_be(manager: Actor, typed: str, answer: str) -> None:
    await manager.says("/akce")
    await manager.presses("➕ Nová akce")
    await manager.presses("🌙 Dvoudenní s večerem")
    await manager.says(TITLE)
    await manager.says("Přerov")
    await manager.says(typed)
    assert answer in manager.screen
    await manager.says("14. 5. 2027")
    assert "Kolik je míst?" in manager.screen
