"""The stage: a clock that stands still, a Telegram in this process, a house, and its people."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import app as house
from bot.app import App
from bot.config import Cluster, Config, Storage, Telegram
from bot.kit import routes
from bot.sandbox.clock import Clock
from bot.sandbox.people import Person as Phone
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.wire import InProcess
from bot.sandbox.world import Bot, User, World
from bot.sources.fetching import Fetcher
from storage.organisations import Kind, Organisation, Standing, Tenure
from storage.people import Person, Role, RoleName
from storage.people import by_telegram as find_person
from tests import databases
from tests.actors import Actor
from tests.databases import Postgres
from tests.sources.reach import Reach
from tests.sources.server import Sources

TOKEN = "1:sandbox-token-of-the-tests-0123456789"
NOW = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)  # a Monday, 9:00 in Prague
CAST = {
    "guest": User(1001, "Hana", "Hostová", language_code="cs"),
    "ann": User(1002, "Ann", "Member", username="ann", language_code="en"),
    "bob": User(1003, "Bořek", "Člen", language_code="cs"),
    "contact": User(1004, "Karel", "Kontaktní", language_code="cs"),
    "manager": User(1005, "Marie", "Manažerová", language_code="cs"),
    "assistant": User(1006, "Adam", "Asistent", language_code="cs"),
    "eve": User(1007, "Eve", "Elsewhere", language_code="en"),
}
MEMBERS = ("ann", "bob", "contact")
UNASKED = {"morning", "welcomes"}  # jobs with stories of their own


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A story marked `postgres` is told on both engines."""
    if "engine" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("postgres") is not None
        metafunc.parametrize("engine", ["sqlite", "postgresql"] if both else ["sqlite"])


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return databases.sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    with databases.postgres() as running:
        yield running


@pytest.fixture(scope="session")
def postgres_template(server: Postgres) -> str:
    databases.create_tables(server.create("paprsek"))
    return "paprsek"


@pytest.fixture
def database_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield databases.sqlite_copy(request.getfixturevalue("template"), tmp_path)
        return
    name = request.getfixturevalue("postgres_template")
    running: Postgres = request.getfixturevalue("server")
    url = running.copy(name)
    yield url
    running.drop(url)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def sandbox(clock: Clock) -> Sandbox:
    bot = Bot(TOKEN, username="paprsek_bot", first_name="Paprsek", inline=True)
    return Sandbox(World(bots=[bot], users=[*CAST.values()], clock=clock))


@pytest.fixture
def config(database_url: str) -> Config:
    return Config(
        telegram=Telegram(token=SecretStr(TOKEN)),
        storage=Storage(url=database_url),
        cluster=Cluster(name="Ukázkový klastr", managers=(CAST["manager"].id,)),
    )


@pytest.fixture
def reach() -> Reach:
    return Reach()


@pytest.fixture
async def sources(reach: Reach) -> AsyncIterator[Sources]:
    """A web of which the house knows every name; see tests/sources/server.py."""
    played = Sources(reach)
    await played.start()
    yield played
    await played.close()


@pytest.fixture
def fetcher(reach: Reach) -> Fetcher:
    return Fetcher("https://cluster.test/contact", reach=reach)


@pytest.fixture
async def app(
    config: Config, sandbox: Sandbox, clock: Clock, fetcher: Fetcher
) -> AsyncIterator[App]:
    wire = InProcess(sandbox)
    app = house.build(config, clock=clock, telegram=wire, fetcher=fetcher, limits=False)
    try:
        await app.start()
        await _populate(app)
        yield app
    finally:
        await app.stop()


async def _populate(app: App) -> None:
    """One member organisation with Ann, Bořek and its contact person Karel; another with Eve."""
    async with app.db.writing() as session:
        optics = Organisation(
            name="Ukázková optika s.r.o.", short="Ukázková optika", folded="ukazkova optika"
        )
        glass = Organisation(name="Sklo a čočky a.s.", short="Sklo a čočky", folded="sklo a cocky")
        for organisation in (optics, glass):
            organisation.kind = Kind.SME
            session.add(organisation)
        await session.flush()
        for organisation in (optics, glass):
            assert organisation.id is not None
            session.add(
                Tenure(organisation_id=organisation.id, standing=Standing.MEMBER, since=NOW)
            )
        for name in (*MEMBERS, "eve", "assistant"):
            user = CAST[name]
            belongs = {"eve": glass.id, "assistant": None}.get(name, optics.id)
            person = Person(
                telegram_id=user.id,
                first_name=user.first_name,
                last_name=user.last_name,
                username=user.username or None,
                language="en" if user.language_code == "en" else "cs",
                organisation_id=belongs,
                verified_at=NOW if belongs else None,
                met_at=NOW,
            )
            session.add(person)
        await session.flush()
        karel = await find_person(session, CAST["contact"].id)
        adam = await find_person(session, CAST["assistant"].id)
        assert karel is not None
        assert adam is not None
        roles = (
            Role(
                person_id=karel.key,
                name=RoleName.CONTACT,
                organisation_id=karel.organisation_id,
                since=NOW,
            ),
            Role(person_id=adam.key, name=RoleName.ASSISTANT, since=NOW),
        )
        session.add_all(roles)


@pytest.fixture
def actor(app: App, sandbox: Sandbox) -> Callable[[str], Actor]:
    def actor(name: str) -> Actor:
        user = CAST[name]
        if name in (*MEMBERS, "eve", "assistant"):
            sandbox.world.users[user.id].started = True
        return Actor(Phone(sandbox, user.id), app)

    return actor


@pytest.fixture
def guest(actor: Callable[[str], Actor]) -> Actor:
    return actor("guest")


@pytest.fixture
def ann(actor: Callable[[str], Actor]) -> Actor:
    """A member who reads English."""
    return actor("ann")


@pytest.fixture
def bob(actor: Callable[[str], Actor]) -> Actor:
    """A member of the same organisation who reads Czech."""
    return actor("bob")


@pytest.fixture
def contact(actor: Callable[[str], Actor]) -> Actor:
    return actor("contact")


@pytest.fixture
def eve(actor: Callable[[str], Actor]) -> Actor:
    """A member of another organisation."""
    return actor("eve")


@pytest.fixture
def assistant(actor: Callable[[str], Actor]) -> Actor:
    return actor("assistant")


@pytest.fixture
async def manager(actor: Callable[[str], Actor]) -> Actor:
    """Appointed by the configuration; has pressed Start."""
    manager = actor("manager")
    await manager.says("/start")
    return manager


@pytest.fixture
def settle(app: App) -> Callable[[], Awaitable[None]]:
    return app.settle


@pytest.fixture
def wait(
    app: App, clock: Clock, request: pytest.FixtureRequest
) -> Callable[[timedelta], Awaitable[None]]:
    """Let time pass; every job of the house runs once afterwards. Those that speak to people in
    the morning and at their first steps run in stories marked `unasked` only."""
    is_unasked = request.node.get_closest_marker("unasked") is not None
    jobs = [name for name in routes.jobs if is_unasked or name not in UNASKED]

    async def wait(by: timedelta) -> None:
        clock.advance(by)
        for name in jobs:
            await app.tick(name)
        await app.settle()

    return wait
