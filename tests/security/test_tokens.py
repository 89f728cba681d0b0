"""What one person knows: wrong, ended and used are one answer, and there is no guessing."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from random import Random
from secrets import token_urlsafe
from string import ascii_letters, digits

import httpx
import pytest
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import service
from bot.app import App
from bot.domain import invitations
from bot.domain.workshops import doorkeepers, feeds, handing_over, tickets
from bot.sandbox.clock import Clock
from bot.sandbox.people import Person as Phone
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import User
from storage.invitations import InvitationUse, Purpose
from storage.people import Person, by_telegram
from storage.workshops.doors import Doorkeeper
from storage.workshops.handovers import Handover
from tests.actors import Actor
from tests.chaos.stage import FULL, SEED
from tests.conftest import NOW
from tests.security.watching import Trial, press, says
from tests.stories.workshops import Plan

WRONG = 1_000 if FULL else 150
RIVALS = 50
LETTERS = ascii_letters + digits + "_-"
NOT_VALID = re.compile(r"This (?:link|invitation) is not valid \(any more\)\.")
TOO_MANY = "That was too many tries."
Make = Callable[[AsyncSession, Person], Awaitable[str]]


async def invitation(session: AsyncSession, manager: Person) -> str:
    made = await invitations.invite(session, manager, 1, Purpose.COLLEAGUE, 1, NOW)
    return f"i{made.token}"


async def helpers_link(session: AsyncSession, manager: Person) -> str:
    _, token = await doorkeepers.invite(session, 1, manager, NOW)
    return f"k{token}"


async def handover(session: AsyncSession, _: Person) -> str:
    ann = await by_telegram(session, 1002)
    assert ann is not None
    return f"h{(await handing_over.make(session, 1, ann, NOW)).token}"


KINDS: dict[str, Make] = {
    "invitation": invitation,
    "helper's link": helpers_link,
    "hand-over": handover,
}
ENDS_AFTER = {
    "invitation": timedelta(days=7),
    "helper's link": timedelta(days=100),
    "hand-over": handing_over.LASTS,
}


@pytest.fixture
async def event(plan: Plan, ann: Actor) -> int:
    """Ann has a seat there."""
    key = await plan("Thin films", seats=20)
    await ann.says("/menu")
    await ann.presses_data(f"ws.in:{key}")
    return key


async def made(app: App, kind: str) -> str:
    async with app.db.writing() as session:
        manager = await by_telegram(session, 1005)
        assert manager is not None
        return await KINDS[kind](session, manager)


def spoilt(token: str, random: Random) -> str:
    """Nearly right, or not at all."""
    place = random.randrange(1, len(token))
    other = random.choice([each for each in LETTERS if each != token[place]])
    return random.choice(
        [
            f"{token[:place]}{other}{token[place + 1 :]}",
            token[:place],
            f"{token}{other}",
            token[0] + token[1:].swapcase(),
            token[0] + token[:0:-1],
            token[0] + token_urlsafe(32),
            token[0],
            f"{token[0]}' or 1=1 --",
            f"{token[0]}%",
            f"{token[0]}{token[1:]}\u200b",
        ]
    )


@pytest.mark.parametrize("kind", KINDS)
async def test_wrong_ones_get_one_answer(
    kind: str, event: int, app: App, bob: Actor, guest: Actor, eve: Actor, clock: Clock
) -> None:
    """Each as if it were the first, so that nobody has to rest."""
    random, trial, right = Random(SEED), Trial(app), await made(app, kind)
    print(f"SEED={SEED}")
    answers = set()
    for _ in range(WRONG):
        wrong = spoilt(right, random)
        if wrong == right:
            continue
        outcome = await trial.of(says(eve.phone.user, f"/start {wrong}"))
        assert outcome.changed == frozenset()
        answers.add(outcome.calls[0].payload["text"])
    clock.advance(ENDS_AFTER[kind])
    late = await trial.of(says(eve.phone.user, f"/start {right}"))
    clock.advance(-ENDS_AFTER[kind])
    first = guest if kind == "invitation" else bob
    await first.follows(right)
    assert not first.screen.startswith(("This ", "Tato ", "Tento "))
    used = await trial.of(says(eve.phone.user, f"/start {right}"))
    answers |= {late.calls[0].payload["text"], used.calls[0].payload["text"]}
    assert len(answers) == 1
    assert NOT_VALID.match(answers.pop())


@pytest.mark.postgres
async def test_after_five_tries_of_any_kind_even_a_right_one_has_to_wait(
    event: int, app: App, eve: Actor, clock: Clock
) -> None:
    right = await made(app, "invitation")
    code = f"inv.qr:{token_urlsafe(32)}"
    for wrong in ("i" + "x" * 43, "k" + "x" * 43, "h" + "x" * 43, "i1"):
        await eve.follows(wrong)
        assert NOT_VALID.match(eve.screen)
    await eve.presses_data(code)
    assert NOT_VALID.match(eve.toast or "")
    for again in (right, *("ikh"), "k" + "x" * 43):
        await eve.follows(again)
        assert eve.screen.startswith(TOO_MANY)
    await eve.presses_data(code)
    assert (eve.toast or "").startswith(TOO_MANY)
    clock.advance(timedelta(seconds=61))
    await eve.follows(right)
    assert not eve.screen.startswith((TOO_MANY, "This"))


@pytest.fixture
def crowd(app: App, sandbox: Sandbox) -> list[Phone]:
    users = [User(5000 + n, f"Rival {n}", language_code="en", started=True) for n in range(RIVALS)]
    sandbox.world.users |= {user.id: user for user in users}
    return [Phone(sandbox, user.id) for user in users]


@pytest.mark.postgres
@pytest.mark.parametrize("kind", KINDS)
async def test_of_fifty_at_once_one_is_in(
    kind: str, event: int, app: App, crowd: list[Phone]
) -> None:
    async with app.db.writing() as session:
        session.add_all(
            Person(telegram_id=each.id, language="en", organisation_id=1, met_at=NOW)
            if kind == "invitation"
            else Person(
                telegram_id=each.id,
                language="en",
                organisation_id=1,
                verified_at=NOW,
                met_at=NOW,
            )
            for each in crowd
        )
    token = await made(app, kind)
    for each in crowd:
        each.follows(token)
    await app.settle()
    refused = [each for each in crowd if NOT_VALID.match(each.screen)]
    assert len(refused) == RIVALS - 1
    counts = (
        select(func.count()).select_from(InvitationUse),
        select(func.count()).select_from(Doorkeeper),
        select(func.count()).where(col(Handover.used_at).is_not(None)),
    )
    async with app.db.reading() as session:
        took = [(await session.exec(count)).one() for count in counts]
    assert took == [kind == each for each in KINDS]


async def test_codes_of_tickets_are_not_guessed(
    event: int, app: App, ann: Actor, eve: Actor, manager: Actor
) -> None:
    async with app.db.writing() as session:
        me = await by_telegram(session, ann.id)
        assert me is not None
        right = f"c{(await tickets.issue(session, event, me, NOW)).code}"
    random, trial = Random(SEED), Trial(app)
    for who in (eve, manager):
        answers = set()
        for _ in range(WRONG // 2):
            outcome = await trial.of(says(who.phone.user, f"/start {spoilt(right, random)}"))
            assert outcome.changed == frozenset()
            answers.add(outcome.calls[0].payload["text"])
        assert len(answers) == 1


async def test_addresses_of_calendars_are_not_guessed(app: App, ann: Actor) -> None:
    await ann.says("/menu")
    async with app.db.writing() as session:
        me = await by_telegram(session, ann.id)
        assert me is not None
        ended = await feeds.open_feed(session, me, NOW)
        right = await feeds.open_feed(session, me, NOW)
    random, transport = Random(SEED), httpx.ASGITransport(service._site(app, ""))
    wrong = [ended, *(spoilt(f"/{right}", random)[1:] for _ in range(WRONG))]
    async with httpx.AsyncClient(transport=transport, base_url="http://bot.example.org") as web:
        for token in wrong:
            for path in (f"/calendar/{token}.ics", f"/calendar/{token}", f"/door/{token}"):
                answer = await web.get(httpx.URL(path=path))
                assert (answer.status_code, answer.content[:9]) in (
                    (404, b""),
                    (404, b"Not Found"),
                )
        assert (await web.get(f"/calendar/{right}.ics")).status_code == 200


async def test_a_button_with_a_wrong_token_is_answered_alike(app: App, eve: Actor) -> None:
    await eve.says("/menu")
    trial, random = Trial(app), Random(SEED)
    for prefix in ("inv.qr", "inv.over"):
        said = set()
        for _ in range(WRONG // 5):
            token = token_urlsafe(random.choice([16, 32, 30]))
            outcome = await trial.of(press(eve.phone.user, f"{prefix}:{token}"))
            assert outcome.changed == frozenset()
            said.add(str([call.payload.get("text", "") for call in outcome.calls]))
        assert len(said) == 1
